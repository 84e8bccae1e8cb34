// What the server answers, as the screens use it.
import type { Entity, Form, View } from "./definitions";
import type { Json, Label, Language, Rights, Values } from "./values";

export type * from "./definitions";
export type * from "./values";

export interface Person {
  id: string;
  account: string;
  name: Label;
  is_admin: boolean;
}
export interface WorkCalendar {
  workdays: number[];
  holidays: string[];
  extra_workdays: string[];
}
export interface Workspace {
  title: string;
  zone: string;
  language: Language;
  calendar: WorkCalendar;
  has_sample: boolean;
}
export interface Me {
  member: Person;
  origin: Person | null;
  can_switch: boolean;
  workspace: Workspace;
}

export interface DirectoryMember {
  id: string;
  account: string;
  name: Label;
  department_id: string | null;
  departments: string[];
  active: boolean;
}
export interface DirectoryDepartment {
  id: string;
  key: string;
  title: Label;
  parent_id: string | null;
}
export interface DirectoryRole {
  key: string;
  title: Label;
  members: string[];
}
export interface DirectoryAnswer {
  members: DirectoryMember[];
  departments: DirectoryDepartment[];
  roles: DirectoryRole[];
}

export interface MenuItem {
  form?: string;
  view?: string;
  title: Label;
}
export interface MenuGroup {
  title: Label;
  items: MenuItem[];
}
export interface AppBrief {
  key: string;
  title: Label;
  icon: string | null;
  version: number;
  menu: MenuGroup[];
}
export interface AppDetail {
  key: string;
  title: Label;
  icon: string | null;
  version: number;
  entities: Record<string, Entity>;
  forms: Record<string, Form>;
  views: Record<string, View>;
  flows: Record<string, { key: string; title: Label }>;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface Items<T> {
  items: T[];
}

export interface RecordView {
  id: string;
  version: number;
  created_at: string;
  created_by: string | null;
  created_department: string | null;
  updated_at: string;
  updated_by: string | null;
  flow_status: FlowStatus | null;
  title: string;
  values: Values;
}
export interface RecordDetail {
  record: RecordView;
  writable: string[];
  hidden: string[];
}
export interface RecordChange {
  version: number;
  at: string;
  actor_id: string | null;
  kind: string;
  changes: Record<string, [Json, Json]>;
  source: Values | null;
}

export interface FormView {
  form: Form;
  entity: Entity;
  flow: string | null;
  rights: Rights;
  values: Values;
}
export interface Fault {
  code: string;
  message: string;
  path: string | null;
}
export interface Evaluation {
  values: Values;
  hidden: string[];
  required: string[];
  errors: Fault[];
}
export interface Submitted {
  record: RecordView;
  instance: InstanceBrief | null;
}
export interface Draft {
  id: string;
  app: string;
  form: string;
  form_title: Label;
  updated_at: string;
  values: Values;
}

export type FlowStatus = "running" | "approved" | "rejected" | "withdrawn" | "terminated";
export type TreeState = "idle" | "active" | "passed" | "returned" | "cancelled" | "skipped";
export interface TreeNode {
  key: string;
  kind: string;
  title: Label;
  state: TreeState;
  branch: string | null;
  branch_title: Label | null;
  when: string | null;
  members: { id: string; decision: string | null }[];
  incident: string | null;
  children: TreeNode[];
}
export interface CurrentNode {
  node_key: string;
  node_title: Label;
  member_ids: string[];
  incident: string | null;
  activation: number;
}
export interface InstanceBrief {
  id: string;
  app: string;
  flow_key: string;
  flow_title: Label;
  title: string;
  entity: string;
  record_id: string;
  status: FlowStatus;
  initiator_id: string;
  department_id: string | null;
  started_at: string;
  ended_at: string | null;
  current: CurrentNode[];
}
export interface TimelineEntry {
  seq: number;
  at: string;
  kind: string;
  node_key: string | null;
  node_title: Label | null;
  actor_id: string | null;
  decision: string | null;
  comment: string | null;
  automatic: string | null;
  waited_ms: number | null;
  to: string | null;
  to_title: Label | null;
  member_ids: string[];
  record_id: string | null;
  text: string | null;
}
export interface InstanceView {
  instance: InstanceBrief;
  can_withdraw: boolean;
  can_retry: boolean;
  timeline: TimelineEntry[];
  tree: TreeNode;
}

export type Action = "approve" | "reject" | "return" | "submit";
export type ResumeMode = "rerun" | "direct";
export interface TaskAction {
  action: Action;
  targets: { key: string; title: Label }[];
  resume: ResumeMode[];
}
export interface TaskBrief {
  id: string;
  state: "open" | "held" | "done" | "cancelled";
  member_id: string;
  node_key: string;
  node_title: Label;
  opened_at: string;
  closed_at: string | null;
  decision: string | null;
  comment: string | null;
}
export interface TaskView {
  task: TaskBrief;
  flow: InstanceView;
  form: Form | null;
  entity: Entity;
  record: RecordView;
  rights: Rights;
  actions: TaskAction[];
}
export interface Decision {
  action: Action;
  comment?: string;
  values?: Values;
  to?: string;
  resume?: ResumeMode;
}

export type Box = "todo" | "started" | "handled" | "copied";
export interface InboxItem {
  id: string;
  at: string;
  task_id: string | null;
  instance_id: string;
  app: string;
  app_title: Label;
  flow_title: Label;
  entity: string;
  record_id: string;
  title: string;
  node_key: string | null;
  node_title: Label | null;
  initiator_id: string;
  status: FlowStatus;
  started_at: string;
  opened_at: string | null;
  decision: string | null;
  read: boolean;
}

export interface ApiKey {
  id: string;
  title: string;
  prefix: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
export interface AuditEntry {
  id: string;
  at: string;
  actor_id: string | null;
  origin_id: string | null;
  action: string;
  target_kind: string;
  target_id: string | null;
  details: Values;
}
