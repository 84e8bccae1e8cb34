import type { RelatedField } from "../api/types";
import { RelatedList } from "../links/RelatedList";
import type { FieldParts } from "./contract";

function Show({ field }: { field: RelatedField }) {
  return <RelatedList field={field} />;
}

/** Nothing of it is entered: it stands for the links of other records. */
export const related: FieldParts<RelatedField> = { Edit: Show, Show };
