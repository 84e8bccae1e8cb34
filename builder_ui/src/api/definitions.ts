// What authors wrote, as the server sends it: names for the generated types, which come from the engine's own models.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Entity = Schemas["Entity"];
export type Form = Schemas["Form"];
export type Section = Schemas["Section"];
export type LayoutItem = Schemas["Item"];
export type View = Schemas["View"];
export type SortKey = Schemas["SortKey"] | Schemas["FormulaSort"];

export type Field = Entity["fields"][number];
export type FieldType = Field["type"];
export type TextField = Schemas["TextField"];
export type LongTextField = Schemas["LongTextField"];
export type NumberField = Schemas["NumberField"];
export type BooleanField = Schemas["BooleanField"];
export type DateField = Schemas["DateField"];
export type DateTimeField = Schemas["DateTimeField"];
export type TimeField = Schemas["TimeField"];
export type DurationField = Schemas["DurationField"];
export type EmailField = Schemas["EmailField"];
export type UrlField = Schemas["UrlField"];
export type PhoneField = Schemas["PhoneField"];
export type RatingField = Schemas["RatingField"];
export type ProgressField = Schemas["ProgressField"];
export type RichTextField = Schemas["RichTextField"];
export type BarcodeField = Schemas["BarcodeField"];
export type SelectField = Schemas["SelectField"];
export type MultiSelectField = Schemas["MultiSelectField"];
export type MemberField = Schemas["MemberField"];
export type DepartmentField = Schemas["DepartmentField"];
export type LinkField = Schemas["LinkField"];
export type LookupField = Schemas["LookupField"];
export type RelatedField = Schemas["RelatedField"];
export type RollupField = Schemas["RollupField"];
export type SerialField = Schemas["SerialField"];
export type AttachmentField = Schemas["AttachmentField"];
export type ImageField = Schemas["ImageField"];
export type SignatureField = Schemas["SignatureField"];
export type DateRangeField = Schemas["DateRangeField"];
export type AddressField = Schemas["AddressField"];
export type LocationField = Schemas["LocationField"];
export type CompositeField = DateRangeField | AddressField | LocationField;
export type SubformField = Schemas["SubformField"];
/** What a row of a subform may have: columns, and in the rows of an outer one subforms in turn. */
export type RowField = SubformField["fields"][number];
export type ColumnField = Exclude<RowField, { type: "subform" }>;
export type FieldOption = Schemas["Option"];
export type FileValue = Schemas["FileView"];

export type Condition = Schemas["Condition"];
export type Filter = NonNullable<View["filter"]>;
