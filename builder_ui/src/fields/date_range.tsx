import type { DateRangeField } from "../api/types";
import { partsIn } from "./composite";
import { type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { Part } from "./Part";

function Edit(props: EditProps<DateRangeField>) {
  return (
    <fieldset className="parts" aria-label={props.label}>
      <Part {...props} part="start" />
      <Part {...props} part="end" />
    </fieldset>
  );
}

function Show({ value }: ShowProps<DateRangeField>) {
  const { start, end } = partsIn(value);
  return (
    <span>
      <time dateTime={textOf(start)} className="nowrap">
        {textOf(start)}
      </time>
      {" – "}
      <time dateTime={textOf(end)} className="nowrap">
        {textOf(end)}
      </time>
    </span>
  );
}

export const dateRange: FieldParts<DateRangeField> = { Edit, Show };
