import type { RelatedField } from "../api/types";
import type { FieldParts } from "./contract";

/** It is no value of the record: the form shows the list itself where the field is placed. */
function Nothing() {
  return null;
}

/** Nothing of it is entered: it stands for the links of other records. */
export const related: FieldParts<RelatedField> = { Edit: Nothing, Show: Nothing };
