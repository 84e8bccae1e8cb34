// One part of a value, entered by the editor of its own type, with its name above it.
import type { ComponentType } from "react";
import type { CompositeField, DateField, NumberField, TextField } from "../api/types";
import { type PartKey, partsIn, partsOf, usePartTitles, withPart } from "./composite";
import type { EditProps } from "./contract";
import { date } from "./date";
import { number } from "./number";
import { text } from "./text";

type Described = DateField | NumberField | TextField;

const EDITORS = { date: date.Edit, number: number.Edit, text: text.Edit };

interface PartProps extends EditProps<CompositeField> {
  part: PartKey;
}

/** `id` of the whole is that of its first part, so that its label leads there. */
export function Part({ part: key, ...whole }: PartProps) {
  const titles = usePartTitles();
  const parts = partsOf(whole.field, titles);
  const part = parts.find((candidate) => candidate.key === key);
  if (part === undefined) return null;
  const Edit = EDITORS[part.type] as ComponentType<EditProps<Described>>;
  const id = part === parts[0] ? whole.id : `${whole.id}-${key}`;
  return (
    <div className={`part part-${part.type}`}>
      <label className="quiet" htmlFor={id}>
        {part.title}
      </label>
      <Edit
        {...whole}
        field={part}
        id={id}
        label={`${whole.label}: ${part.title}`}
        value={partsIn(whole.value)[key] ?? null}
        onChange={(next) => whole.onChange(withPart(whole.value, key, next))}
      />
    </div>
  );
}
