// Choosing several records by the words of their titles.
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { namedKey, useChoices, useNamedChoices } from "../api/choices";
import type { EntityPlace } from "../api/records";
import { useErrorText } from "../ui/errorText";
import { useLate } from "../ui/useLate";
import { useTitleText } from "./LinkTitle";
import { useLinksPlace } from "./place";

const PAUSE = 250;

interface LinksPickerProps {
  target: EntityPlace;
  value: string[];
  onChange: (value: string[]) => void;
  most?: number | undefined;
  id: string;
  label: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
  onLeave?: (() => void) | undefined;
}

function useOptions(place: EntityPlace, value: readonly string[], words: string, isOpen: boolean) {
  const { t } = useTranslation();
  const { titles } = useLinksPlace();
  const cache = useQueryClient();
  const text = useTitleText();
  const found = useChoices(place, useLate(words.trim(), PAUSE), isOpen);
  const items = found.data?.items ?? [];
  const isKnown = (id: string) => titles[id] !== undefined || cache.getQueryData(namedKey(place, id)) !== undefined;
  const named = useNamedChoices(
    place,
    value.filter((id) => !isKnown(id)),
  );
  const titleOf = (id: string) => {
    const chosen = cache.getQueryData<{ title: string } | null>(namedKey(place, id));
    return titles[id] ?? chosen?.title ?? named.data?.items.find((item) => item.id === id)?.title;
  };
  const listed = new Set(items.map((item) => item.id));
  const options = items.map((item) => ({ value: item.id, label: text(item.title), className: "" }));
  // the chosen records keep their names while others are searched
  const chosen = value
    .filter((id) => !listed.has(id))
    .map((id) => ({
      value: id,
      label: titleOf(id) === undefined && named.isFetching ? "…" : text(titleOf(id)),
      className: "screen-reader",
    }));
  const more =
    found.data?.more === true ? [{ value: "", label: t("fields.moreRecords"), disabled: true, className: "" }] : [];
  return { found, options: [...options, ...more, ...chosen] };
}

export function LinksPicker({ target, value, onChange, most, ...rest }: LinksPickerProps) {
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
    <Select<string[], { value: string; label: string }>
      id={rest.id}
      mode="multiple"
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-required={rest.isRequired === true}
      aria-describedby={rest.describedBy}
      onBlur={rest.onLeave}
      {...(rest.isInvalid === true ? { status: "error" as const } : {})}
      {...(most === undefined ? {} : { maxCount: most })}
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
        for (const choice of found.data?.items ?? [])
          if (next.includes(choice.id)) cache.setQueryData(namedKey(target, choice.id), choice);
        onChange(next);
      }}
    />
  );
}
