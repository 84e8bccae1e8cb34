import type { LinkField } from "../api/types";
import { LinkPicker } from "../links/LinkPicker";
import { RecordLink } from "../links/LinkTitle";
import { type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

function Edit({ field, value, onChange, ...rest }: EditProps<LinkField>) {
  return <LinkPicker {...rest} entity={field.entity} value={textOf(value) || null} onChange={onChange} />;
}

function Show({ field, value }: ShowProps<LinkField>) {
  return <RecordLink entity={field.entity} id={textOf(value)} />;
}

export const link: FieldParts<LinkField> = { Edit, Show };
