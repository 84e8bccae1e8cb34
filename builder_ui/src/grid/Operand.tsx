import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ColumnField, Field, Json } from "../api/types";
import { ColumnEdit } from "../fields/ColumnParts";
import { useLabel } from "../i18n/label";
import { type FilterLine, operandField, type PeriodKey, periods } from "./filters";

interface OperandProps {
  id: string;
  field: Field;
  line: FilterLine;
  onChange: (value: Json) => void;
}

/** Where the value of a condition is entered, by the editor of the field's own type. */
export function Operand({ id, field, line, onChange }: OperandProps) {
  const { t } = useTranslation();
  const operand = operandField(field, line.op);
  if (operand === null) return <span className="filter-operand" />;
  if (line.op === "within") {
    return (
      <Select<PeriodKey>
        className="filter-operand"
        aria-label={t("grid.value")}
        placeholder={t("grid.period")}
        value={line.value as PeriodKey | null}
        options={periods.map(({ key }) => ({ value: key, label: t(`grid.periods.${key}`) }))}
        onChange={onChange}
      />
    );
  }
  if (line.op !== "between") {
    return (
      <div className="filter-operand">
        <Single id={id} field={operand} value={line.value} onChange={onChange} />
      </div>
    );
  }
  const [from = null, to = null] = Array.isArray(line.value) ? line.value : [];
  return (
    <div className="filter-operand row">
      <Single id={`${id}-from`} field={operand} value={from} onChange={(next) => onChange([next, to])} />
      <span aria-hidden="true">–</span>
      <Single id={`${id}-to`} field={operand} value={to} onChange={(next) => onChange([from, next])} />
    </div>
  );
}

interface SingleProps {
  id: string;
  field: ColumnField;
  value: Json;
  onChange: (value: Json) => void;
}

function Single({ id, field, value, onChange }: SingleProps) {
  const { t } = useTranslation();
  const title = useLabel()(field.title);
  return (
    <ColumnEdit
      id={id}
      field={field}
      value={value}
      label={`${t("grid.value")}: ${title}`}
      isInvalid={false}
      onChange={onChange}
    />
  );
}
