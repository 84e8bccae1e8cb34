import { AutoComplete } from "antd";
import { useMemo } from "react";
import type { AddressField, Json } from "../api/types";
import { usePreferences } from "../app/preferences";
import { partKeys, partsIn, usePartTitles, withPart } from "./composite";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { type Division, useDivisions, within } from "./divisions";
import { Part } from "./Part";

type Chosen = "province" | "city" | "district";
const CHOSEN: readonly Chosen[] = ["province", "city", "district"];

/** What may be chosen for each part, by what is chosen before it. */
function offeredBy(provinces: readonly Division[], value: Json): Record<Chosen, readonly Division[]> {
  const { province, city } = partsIn(value);
  const cities = within(provinces, textOf(province));
  return { province: provinces, city: cities, district: within(cities, textOf(city)) };
}

/** Another province has other cities: those of the former one go, what was typed beside the list stays. */
function changed(value: Json, part: Chosen, next: string, before: Record<Chosen, readonly Division[]>): Json {
  let made: Json = withPart(value, part, next);
  for (const inner of CHOSEN.slice(CHOSEN.indexOf(part) + 1)) {
    const held = textOf(partsIn(made)[inner]);
    if (before[inner].some((division) => division.name === held)) made = withPart(made, inner, "");
  }
  return made;
}

function Edit(props: EditProps<AddressField>) {
  const { field, value, onChange } = props;
  const { provinces, need } = useDivisions();
  const offered = useMemo(() => offeredBy(provinces, value), [provinces, value]);
  const keys = partKeys(field);
  const asked = keys.slice(0, keys.indexOf(field.level ?? "detail") + 1);
  return (
    <fieldset className="parts" aria-label={props.label}>
      {CHOSEN.filter((part) => asked.includes(part)).map((part) => (
        <Choice
          key={part}
          {...props}
          part={part}
          divisions={offered[part]}
          onNeeded={need}
          onChosen={(next) => onChange(changed(value, part, next, offered))}
        />
      ))}
      {asked.includes("detail") && <Part {...props} part="detail" />}
    </fieldset>
  );
}

interface ChoiceProps extends EditProps<AddressField> {
  part: Chosen;
  divisions: readonly Division[];
  /** The list may be looked at. */
  onNeeded: () => void;
  onChosen: (name: string) => void;
}

/** A name from the list, or any other that is typed. */
function Choice({ part, divisions, onNeeded, onChosen, ...whole }: ChoiceProps) {
  const title = usePartTitles()(part);
  const id = part === "province" ? whole.id : `${whole.id}-${part}`;
  const held = textOf(partsIn(whole.value)[part]);
  const options = useMemo(() => divisions.map(({ name }) => ({ value: name })), [divisions]);
  return (
    <div className="part">
      <label className="quiet" htmlFor={id}>
        {title}
      </label>
      <AutoComplete
        {...described({ ...whole, id, label: `${whole.label}: ${title}` })}
        className="wide"
        value={held}
        options={options}
        showSearch={{
          filterOption: (typed, option) => isOffered(divisions, held) || option?.value.includes(typed) === true,
        }}
        onFocus={onNeeded}
        onChange={(next) => onChosen(String(next ?? ""))}
      />
    </div>
  );
}

/** Whoever opens the list behind a chosen name wants to see the others too. */
function isOffered(divisions: readonly Division[], name: string): boolean {
  return divisions.some((division) => division.name === name);
}

function Show({ field, value }: ShowProps<AddressField>) {
  const { language } = usePreferences();
  const parts = partsIn(value);
  const names = partKeys(field).map((key) => textOf(parts[key]));
  return <span>{names.filter((name) => name !== "").join(language === "zh-CN" ? "" : " ")}</span>;
}

export const address: FieldParts<AddressField> = { Edit, Show };
