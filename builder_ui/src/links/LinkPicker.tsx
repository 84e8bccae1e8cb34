// Choosing a record by the words of its title.
import { Select } from "antd";
import { useNamedChoice } from "../api/choices";
import type { EntityPlace } from "../api/records";
import { useTitleText } from "./LinkTitle";
import { useLinksPlace } from "./place";
import { type PickerOption, type PickerProps, usePicking } from "./usePicking";

interface LinkPickerProps extends PickerProps {
  value: string | null;
  onChange: (value: string | null) => void;
}

/** The chosen record, which keeps its name while others are searched; nothing where it is listed anyway. */
function useChosen(place: EntityPlace, value: string | null, listed: readonly PickerOption[]): PickerOption[] {
  const { titles } = useLinksPlace();
  const text = useTitleText();
  const known = value === null ? undefined : titles[value];
  const named = useNamedChoice(place, known === undefined ? value : null);
  if (value === null || listed.some((option) => option.value === value)) return [];
  const label = named.isFetching ? "" : text(known ?? named.data?.title);
  return [{ value, label, className: "screen-reader" }];
}

export function LinkPicker({ value, onChange, ...asked }: LinkPickerProps) {
  const { options, remember, box } = usePicking(asked);
  const chosen = useChosen(asked.target, value, options);
  return (
    <Select<string | null, PickerOption>
      {...box}
      value={value}
      options={[...options, ...chosen]}
      onChange={(next) => {
        remember([next ?? ""]);
        onChange(next ?? null);
      }}
    />
  );
}
