import { useMemo } from "react";
import type { EntityPlace } from "../api/records";
import type { LinkField } from "../api/types";
import { LinkPicker } from "../links/LinkPicker";
import { LinksPicker } from "../links/LinksPicker";
import { RecordLink, RecordLinks } from "../links/LinkTitle";
import { useLinksPlace } from "../links/place";
import { type EditProps, type FieldParts, idsOf, type ShowProps, textOf } from "./contract";

/** Which entity the link leads to, of which application. */
function useTarget(field: LinkField): EntityPlace {
  const { app } = useLinksPlace();
  return useMemo(() => ({ app: field.app ?? app, entity: field.entity }), [app, field.app, field.entity]);
}

function Edit({ field, value, onChange, ...rest }: EditProps<LinkField>) {
  const several = useMemo(() => idsOf(value), [value]);
  const target = useTarget(field);
  if (field.multiple === true) {
    const most = field.max_items;
    return <LinksPicker {...rest} target={target} most={most} value={several} onChange={onChange} />;
  }
  return <LinkPicker {...rest} target={target} value={textOf(value) || null} onChange={onChange} />;
}

function Show({ field, value }: ShowProps<LinkField>) {
  const ids = useMemo(() => idsOf(value), [value]);
  const target = useTarget(field);
  const [only, ...more] = ids;
  // histories hold lists from when the field led to several records, and single ids from when it did to one
  if (field.multiple === true || more.length > 0) return <RecordLinks target={target} ids={ids} />;
  return only === undefined ? null : <RecordLink target={target} id={only} />;
}

export const link: FieldParts<LinkField> = { Edit, Show };
