// Choosing a record by the words of its title.
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { namedKey, useChoices, useNamedChoice } from "../api/choices";
import type { EntityPlace } from "../api/records";
import { useErrorText } from "../ui/errorText";
import { useLate } from "../ui/useLate";
import { useTitleText } from "./LinkTitle";
import { useLinksPlace } from "./place";

const PAUSE = 250;

interface LinkPickerProps {
  target: EntityPlace;
  value: string | null;
  onChange: (value: string | null) => void;
  id: string;
  label: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
  onLeave?: (() => void) | undefined;
}

function useOptions(place: EntityPlace, value: string | null, words: string, isOpen: boolean) {
  const { t } = useTranslation();
  const { titles } = useLinksPlace();
  const text = useTitleText();
  const found = useChoices(place, useLate(words.trim(), PAUSE), isOpen);
  const known = value === null ? undefined : titles[value];
  const named = useNamedChoice(place, known === undefined ? value : null);
  const items = found.data?.items ?? [];
  const options = items.map((item) => ({ value: item.id, label: text(item.title) }));
  const isListed = value === null || items.some((item) => item.id === value);
  const title = known ?? named.data?.title;
  // the chosen record keeps its name while others are searched
  const chosen =
    value === null || isListed
      ? []
      : [{ value, label: named.isFetching ? "" : text(title), className: "screen-reader" }];
  const more = found.data?.more === true ? [{ value: "", label: t("fields.moreRecords"), disabled: true }] : [];
  return { found, options: [...options, ...more, ...chosen] };
}

export function LinkPicker({ target, value, onChange, ...rest }: LinkPickerProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(false);
  const { found, options } = useOptions(target, value, words, isOpen);
  const empty = () => {
    if (found.isFetching) return t("common.loading");
    return found.error === null ? t("fields.noRecords") : errorText(found.error).message;
  };
  return (
    <Select<string | null, { value: string; label: string }>
      id={rest.id}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-required={rest.isRequired === true}
      aria-describedby={rest.describedBy}
      onBlur={rest.onLeave}
      {...(rest.isInvalid === true ? { status: "error" as const } : {})}
      className="wide"
      allowClear
      placeholder={t("fields.pickRecord")}
      value={value}
      options={options}
      loading={found.isFetching}
      notFoundContent={empty()}
      showSearch={{ filterOption: false, searchValue: words, onSearch: setWords }}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setWords("");
      }}
      onChange={(next) => {
        const choice = found.data?.items.find((item) => item.id === next);
        if (choice !== undefined) cache.setQueryData(namedKey(target, choice.id), choice);
        onChange(next ?? null);
      }}
    />
  );
}
