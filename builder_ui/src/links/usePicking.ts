// What choosing records by the words of their titles is like, one or several: what is found, and how the box behaves.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { namedKey, useChoices } from "../api/choices";
import type { EntityPlace } from "../api/records";
import { useErrorText } from "../ui/errorText";
import { useLate } from "../ui/useLate";
import { useTitleText } from "./LinkTitle";

const PAUSE = 250;

export interface PickerProps {
  target: EntityPlace;
  id: string;
  label: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
  onLeave?: (() => void) | undefined;
}

export interface PickerOption {
  value: string;
  label: string;
  className: string;
  disabled?: boolean;
}

/** `options`: the records found, and that there are others; `remember`: keeps the titles of those chosen of them. */
export function usePicking(asked: PickerProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const text = useTitleText();
  const cache = useQueryClient();
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(false);
  const found = useChoices(asked.target, useLate(words.trim(), PAUSE), isOpen);
  const items = found.data?.items ?? [];
  const options: PickerOption[] = items.map((item) => ({ value: item.id, label: text(item.title), className: "" }));
  if (found.data?.more === true) {
    options.push({ value: "", label: t("fields.moreRecords"), disabled: true, className: "" });
  }
  const empty = () => {
    if (found.isFetching) return t("common.loading");
    return found.error === null ? t("fields.noRecords") : errorText(found.error).message;
  };
  const remember = (ids: readonly string[]) => {
    for (const choice of items) {
      if (ids.includes(choice.id)) cache.setQueryData(namedKey(asked.target, choice.id), choice);
    }
  };
  const box = {
    id: asked.id,
    "aria-label": asked.label,
    "aria-invalid": asked.isInvalid === true,
    "aria-required": asked.isRequired === true,
    "aria-describedby": asked.describedBy,
    onBlur: asked.onLeave,
    ...(asked.isInvalid === true ? { status: "error" as const } : {}),
    className: "wide",
    allowClear: true,
    placeholder: t("fields.pickRecord"),
    loading: found.isFetching,
    notFoundContent: empty(),
    showSearch: { filterOption: false as const, searchValue: words, onSearch: setWords },
    onOpenChange: (next: boolean) => {
      setOpen(next);
      if (!next) setWords("");
    },
  };
  return { options, remember, box };
}
