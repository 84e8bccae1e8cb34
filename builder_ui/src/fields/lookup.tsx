// A lookup is sent as a field of the type that it shows; what is left here leads nowhere, and nobody enters it.
import type { LookupField } from "../api/types";
import type { FieldParts, ShowProps } from "./contract";
import { textOf } from "./contract";

function Show({ value }: ShowProps<LookupField>) {
  return <span>{textOf(value)}</span>;
}

export const lookup: FieldParts<LookupField> = { Edit: Show, Show };
