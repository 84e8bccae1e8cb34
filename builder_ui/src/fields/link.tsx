import { useMemo } from "react";
import type { LinkField } from "../api/types";
import { LinkPicker } from "../links/LinkPicker";
import { LinksPicker } from "../links/LinksPicker";
import { RecordLink, RecordLinks } from "../links/LinkTitle";
import { type EditProps, type FieldParts, idsOf, type ShowProps, textOf } from "./contract";

function Edit({ field, value, onChange, ...rest }: EditProps<LinkField>) {
  const several = useMemo(() => idsOf(value), [value]);
  if (field.multiple === true) {
    const most = field.max_items;
    return <LinksPicker {...rest} entity={field.entity} most={most} value={several} onChange={onChange} />;
  }
  return <LinkPicker {...rest} entity={field.entity} value={textOf(value) || null} onChange={onChange} />;
}

function Show({ field, value }: ShowProps<LinkField>) {
  const ids = useMemo(() => idsOf(value), [value]);
  const [only, ...more] = ids;
  // histories hold lists from when the field led to several records, and single ids from when it did to one
  if (field.multiple === true || more.length > 0) return <RecordLinks entity={field.entity} ids={ids} />;
  return only === undefined ? null : <RecordLink entity={field.entity} id={only} />;
}

export const link: FieldParts<LinkField> = { Edit, Show };
