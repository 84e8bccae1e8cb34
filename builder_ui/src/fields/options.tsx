// What single and multiple choice share: the options offered, and an option as a tag.
import { useMemo } from "react";
import type { FieldOption } from "../api/types";
import { usePreferences } from "../app/preferences";
import { labelText, useLabel } from "../i18n/label";

/** Options to choose from: a retired one only where it is chosen already. */
export function useOffered(options: FieldOption[], chosen: string[]) {
  const { language } = usePreferences();
  return useMemo(
    () =>
      options
        .filter((option) => option.retired !== true || chosen.includes(option.key))
        .map((option) => ({ value: option.key, label: labelText(option.title, language) })),
    [options, chosen, language],
  );
}

export const optionFilter = { optionFilterProp: "label" };

export function OptionTag({ options, chosen }: { options: FieldOption[]; chosen: string }) {
  const label = useLabel();
  const option = options.find((candidate) => candidate.key === chosen);
  return (
    <span className={`option-tag tag-${option?.color ?? "default"}`}>
      {option === undefined ? chosen : label(option.title)}
    </span>
  );
}
