// The closed set of field types that a column of a subform may have.
import type { ColumnField } from "../api/types";
import { address } from "./address";
import { attachment } from "./attachment";
import { barcode } from "./barcode";
import { boolean } from "./boolean";
import type { FieldParts } from "./contract";
import { date } from "./date";
import { dateRange } from "./date_range";
import { datetime } from "./datetime";
import { department } from "./department";
import { duration } from "./duration";
import { email } from "./email";
import { image } from "./image";
import { link } from "./link";
import { location } from "./location";
import { longText } from "./long_text";
import { lookup } from "./lookup";
import { member } from "./member";
import { multiSelect } from "./multi_select";
import { number } from "./number";
import { phone } from "./phone";
import { progress } from "./progress";
import { rating } from "./rating";
import { richText } from "./rich_text";
import { select } from "./select";
import { signature } from "./signature";
import { text } from "./text";
import { time } from "./time";
import { url } from "./url";

export type PartsByType<F extends { type: string }> = {
  [T in F["type"]]: FieldParts<Extract<F, { type: T }> & ColumnField>;
};

export const columnParts: PartsByType<ColumnField> = {
  text,
  long_text: longText,
  number,
  boolean,
  date,
  datetime,
  time,
  duration,
  email,
  url,
  phone,
  barcode,
  rich_text: richText,
  rating,
  progress,
  select,
  multi_select: multiSelect,
  member,
  department,
  link,
  lookup,
  attachment,
  image,
  signature,
  date_range: dateRange,
  address,
  location,
};
