// What the server answers, as the screens use it: the generated types, sharpened where OpenAPI says only "string".
import type { components } from "./schema";
import type { Json, Language, Rights, Values } from "./values";

export type * from "./definitions";
export type * from "./values";

type Schemas = components["schemas"];
/** `T` with some members known better; a member that the server no longer has does not compile. */
type Sharper<T, S extends Partial<Record<keyof T, unknown>>> = Omit<T, keyof S> & S;

export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface Items<T> {
  items: T[];
}

export type FlowStatus = "running" | "approved" | "rejected" | "withdrawn" | "terminated";
export type TreeState = "idle" | "active" | "passed" | "returned" | "cancelled" | "skipped";
export type Action = Schemas["ActBody"]["action"];
export type ResumeMode = "rerun" | "direct";
export type Box = "todo" | "started" | "handled" | "copied";

export type Person = Schemas["PersonView"];
export type Workspace = Sharper<Schemas["WorkspaceView"], { language: Language }>;
export type Me = Sharper<Schemas["Me"], { workspace: Workspace; origin: Person | null }>;

export type CalendarView = Schemas["CalendarView"];
export type CalendarDefinition = Required<Schemas["CalendarDefinition"]>;
export type CalendarList = Schemas["CalendarList"];
export type HolidayYear = Schemas["HolidayYear"];
export type HolidaysUpload = Schemas["UploadView"];

export type DirectoryMember = Schemas["MemberView"];
export type DirectoryDepartment = Schemas["DepartmentView"];
export type DirectoryAnswer = Schemas["DirectoryView"];

export type MenuItem = Schemas["MenuEntry"];
export type AppBrief = Schemas["AppBrief"];
export type AppDetail = Schemas["AppView"];

export type RecordView = Sharper<
  Schemas["RecordView"],
  { flow_status: FlowStatus | null; values: Values; links?: Record<string, string> }
>;
export type RecordDetail = Sharper<Schemas["RecordDetail"], { record: RecordView }>;
export type RecordHistory = Sharper<Schemas["HistoryView"], { items: RecordChange[] }>;
export type RecordChange = Sharper<Schemas["ChangeView"], { changes: Record<string, Json[]>; source: Values | null }>;

export type LocalFormulas = Schemas["LocalFormulas"];
export type Choice = Schemas["Choice"];
export type ChoiceList = Schemas["ChoiceList"];

export type FormView = Sharper<Schemas["FormView"], { rights: Rights; values: Values }>;
export type Fault = Sharper<Schemas["FaultView"], { params: Values }>;
export type Evaluation = Sharper<Schemas["Evaluation"], { values: Values; errors: Fault[] }>;
export type Draft = Sharper<Schemas["DraftView"], { values: Values }>;

export type TreeNode = Sharper<Schemas["TreeView"], { state: TreeState; children: TreeNode[] }>;
export type CurrentNode = Schemas["CurrentView"];
export type InstanceBrief = Sharper<Schemas["InstanceBrief"], { status: FlowStatus }>;
// members with a default are always sent
export type TimelineEntry = Required<Schemas["TimelineEntry"]>;
export type InstanceView = Sharper<
  Schemas["InstanceView"],
  { instance: InstanceBrief; tree: TreeNode; timeline: TimelineEntry[] }
>;
export type Submitted = Sharper<Schemas["Submitted"], { record: RecordView; instance: InstanceBrief | null }>;

export type TaskAction = Sharper<
  Schemas["ActionView"],
  { action: Action; resume: ResumeMode[]; effect: "end" | "return" | "end_branch" | null }
>;
export type TaskBrief = Schemas["TaskBrief"];
export type TaskView = Sharper<
  Schemas["TaskView"],
  {
    flow: InstanceView;
    record: RecordView;
    rights: Rights;
    actions: TaskAction[];
  }
>;
export interface Decision {
  action: Action;
  comment?: string;
  values?: Values;
  /** Of the record that was seen; says which edits of others `values` may meet. */
  version?: number;
  to?: string;
  resume?: ResumeMode;
}

export type InboxItem = Sharper<Schemas["InboxItem"], { status: FlowStatus }>;
export type ApiKey = Schemas["KeyView"];
export type AuditEntry = Sharper<Schemas["AuditView"], { details: Values }>;
