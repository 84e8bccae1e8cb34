import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/label";
import { isSortable } from "./sorts";

interface SortChoiceProps {
  fields: Field[];
  /** As in the address: `-budget,name`. */
  sort: string;
  onSort: (sort: string) => void;
}

/** The order of cards, which have no headings to press: every column that has an order, up and down. */
export function SortChoice({ fields, sort, onSort }: SortChoiceProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const options = fields.filter(isSortable).flatMap((field) => [
    { value: field.key, label: t("grid.ascending", { field: label(field.title) }) },
    { value: `-${field.key}`, label: t("grid.descending", { field: label(field.title) }) },
  ]);
  const [first = ""] = sort.split(",");
  return (
    <Select
      className="wide"
      aria-label={t("grid.order")}
      placeholder={t("grid.order")}
      value={options.some((option) => option.value === first) ? first : null}
      options={options}
      onChange={(next) => next !== null && onSort(next)}
    />
  );
}
