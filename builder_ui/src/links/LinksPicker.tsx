// Choosing several records by the words of their titles.
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { namedKey, useNamedChoices } from "../api/choices";
import type { EntityPlace } from "../api/records";
import type { Choice } from "../api/types";
import { useTitleText } from "./LinkTitle";
import { useLinksPlace } from "./place";
import { type PickerOption, type PickerProps, usePicking } from "./usePicking";

interface LinksPickerProps extends PickerProps {
  value: string[];
  onChange: (value: string[]) => void;
  most?: number | undefined;
}

/** The chosen records, which keep their names while others are searched, without those that are listed anyway. */
function useChosen(place: EntityPlace, value: readonly string[], listed: readonly PickerOption[]): PickerOption[] {
  const { titles } = useLinksPlace();
  const cache = useQueryClient();
  const text = useTitleText();
  const remembered = (id: string) => cache.getQueryData<Choice | null>(namedKey(place, id));
  const isKnown = (id: string) => titles[id] !== undefined || remembered(id) !== undefined;
  const named = useNamedChoices(
    place,
    value.filter((id) => !isKnown(id)),
  );
  const titleOf = (id: string) =>
    titles[id] ?? remembered(id)?.title ?? named.data?.items.find((item) => item.id === id)?.title;
  const known = new Set(listed.map((option) => option.value));
  return value
    .filter((id) => !known.has(id))
    .map((id) => ({
      value: id,
      label: titleOf(id) === undefined && named.isFetching ? "…" : text(titleOf(id)),
      className: "screen-reader",
    }));
}

export function LinksPicker({ value, onChange, most, ...asked }: LinksPickerProps) {
  const { options, remember, box } = usePicking(asked);
  const chosen = useChosen(asked.target, value, options);
  return (
    <Select<string[], PickerOption>
      {...box}
      mode="multiple"
      {...(most === undefined ? {} : { maxCount: most })}
      value={value}
      options={[...options, ...chosen]}
      onChange={(next) => {
        remember(next);
        onChange(next);
      }}
    />
  );
}
