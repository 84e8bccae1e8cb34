// A roll-up is sent as a field of the type of its value; what is left here leads nowhere, and nobody enters it.
import type { RollupField } from "../api/types";
import type { FieldParts, ShowProps } from "./contract";
import { textOf } from "./contract";

function Show({ value }: ShowProps<RollupField>) {
  return <span>{textOf(value)}</span>;
}

export const rollup: FieldParts<RollupField> = { Edit: Show, Show };
