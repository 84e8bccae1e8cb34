// What authors wrote, as the server sends it.
import type { Json, Label } from "./values";

interface FieldBase {
  key: string;
  title: Label;
  help?: Label;
  required?: boolean;
  unique?: boolean;
  search?: boolean;
  sort?: boolean;
  computed?: string;
  default?: string;
}
export interface FieldOption {
  key: string;
  title: Label;
  color?: string;
  retired?: boolean;
}
export interface TextField extends FieldBase {
  type: "text";
  max_length?: number;
  pattern?: string;
}
export interface LongTextField extends FieldBase {
  type: "long_text";
  max_length?: number;
}
export interface NumberField extends FieldBase {
  type: "number";
  decimals?: number;
  digits?: number;
  unit?: Label;
  min?: number | string;
  max?: number | string;
}
export interface BooleanField extends FieldBase {
  type: "boolean";
}
export interface DateField extends FieldBase {
  type: "date";
}
export interface DateTimeField extends FieldBase {
  type: "datetime";
}
export interface SelectField extends FieldBase {
  type: "select";
  options: FieldOption[];
}
export interface MultiSelectField extends FieldBase {
  type: "multi_select";
  options: FieldOption[];
}
export interface MemberField extends FieldBase {
  type: "member";
  multiple?: boolean;
}
export interface DepartmentField extends FieldBase {
  type: "department";
  multiple?: boolean;
}
export interface SerialField extends FieldBase {
  type: "serial";
}
export interface AttachmentField extends FieldBase {
  type: "attachment";
  max_files?: number;
  max_size_mb?: number;
  accept?: string[];
}
export type ColumnField =
  | TextField
  | LongTextField
  | NumberField
  | BooleanField
  | DateField
  | DateTimeField
  | SelectField
  | MultiSelectField
  | MemberField
  | DepartmentField
  | AttachmentField;
export interface SubformField extends FieldBase {
  type: "subform";
  fields: ColumnField[];
  min_rows?: number;
  max_rows?: number;
}
export type Field = ColumnField | SerialField | SubformField;
export type FieldType = Field["type"];

export interface FileValue {
  id: string;
  name: string;
  size: number;
  media_type: string;
}

export interface Entity {
  key: string;
  title: Label;
  record_title?: string;
  fields: Field[];
}
export interface LayoutItem {
  field: string;
  visible_when?: string;
  width?: "half" | "full";
}
export interface Section {
  section: Label;
  columns?: number;
  visible_when?: string;
  items: (string | LayoutItem)[];
}
export interface Form {
  key: string;
  entity: string;
  title: Label;
  flow?: string | null;
  layout: Section[];
}
export interface SortKey {
  field: string;
  desc?: boolean;
}
export interface View {
  key: string;
  entity: string;
  kind: "grid";
  title: Label;
  columns: string[];
  filter?: Filter;
  sort?: SortKey[];
}

export interface Condition {
  field: string;
  op: string;
  value?: Json;
}
export type Filter = Condition | { and: Filter[] } | { or: Filter[] } | { not: Filter };
