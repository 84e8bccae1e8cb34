// A condition that is a formula: typed, checked by the server as one types, with how many records it finds.

import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { type EntityPlace, useFormulaCount } from "../api/records";
import type { Field } from "../api/types";
import { byUniqueLabel, withKeys } from "../formula-editor/labels";
import { useLabel } from "../i18n/label";
import { useErrorText } from "../ui/errorText";
import { DeleteOutlined } from "../ui/icons";
import { useLate } from "../ui/useLate";

interface FormulaLineProps {
  id: string;
  place: EntityPlace;
  view: string;
  fields: Field[];
  value: string;
  /** Somebody tried to apply the filter while nothing stood here. */
  isMissing: boolean;
  onChange: (formula: string) => void;
  onRemove: () => void;
}

const PAUSE = 300;

export function FormulaLine({ id, place, view, fields, value, isMissing, onChange, onRemove }: FormulaLineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [typed, setTyped] = useState(value);
  const labelled = {
    fields: new Set(fields.map((field) => field.key)),
    byLabel: byUniqueLabel(fields.map((field) => ({ path: field.key, label: label(field.title) }))),
  };
  const change = (text: string) => {
    setTyped(text);
    onChange(withKeys(text, labelled));
  };
  return (
    <div className="filter-line filter-formula">
      <Input.TextArea
        id={id}
        className="filter-source"
        aria-label={t("grid.formula")}
        aria-describedby={`${id}-state`}
        aria-invalid={isMissing}
        placeholder={t("grid.formulaExample", { field: `{${label(fields[0]?.title ?? "")}}` })}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        spellCheck={false}
        value={typed}
        onChange={(event) => change(event.target.value)}
      />
      <Select
        aria-label={t("grid.insertField")}
        placeholder={t("grid.insertField")}
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        options={fields.map((field) => ({ value: field.key, label: label(field.title) }))}
        onChange={(key) => key !== null && change(`${typed}{${String(key)}}`)}
      />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("grid.removeCondition")} onClick={onRemove} />
      <FormulaState id={`${id}-state`} place={place} view={view} formula={value} isMissing={isMissing} />
    </div>
  );
}

interface StateProps {
  id: string;
  place: EntityPlace;
  view: string;
  formula: string;
  isMissing: boolean;
}

/** What the server says of the formula: what is wrong with it, or how many records it finds by itself. */
function FormulaState({ id, place, view, formula, isMissing }: StateProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const settled = useLate(formula, PAUSE);
  const found = useFormulaCount(place, { view, formula: settled });
  if (isMissing) {
    return (
      <div id={id} className="fault filter-fault" role="alert">
        {t("grid.formulaMissing")}
      </div>
    );
  }
  if (formula.trim() !== "" && found.error !== null) {
    return (
      <output id={id} className="fault filter-fault">
        {faultText(found.error) ?? errorText(found.error).message}
      </output>
    );
  }
  const count = formula.trim() === "" ? undefined : found.data?.count;
  return (
    <output id={id} className="quiet filter-fault">
      {count === undefined ? t("grid.formulaHint") : t("grid.formulaFinds", { count })}
    </output>
  );
}

/** What the server found in the formula, which says more than that something is wrong. */
function faultText(error: unknown): string | null {
  return error instanceof ApiError ? (error.body.errors[0]?.message ?? null) : null;
}
