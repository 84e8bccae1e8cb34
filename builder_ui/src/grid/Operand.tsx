import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ColumnField, Field, Json } from "../api/types";
import { ColumnEdit } from "../fields/ColumnParts";
import type { EditProps } from "../fields/contract";
import { useLabel } from "../i18n/label";
import { type FilterLine, isPair, operandField, type PeriodKey, periods } from "./filters";

interface OperandProps {
  id: string;
  field: Field;
  line: FilterLine;
  isInvalid: boolean;
  onChange: (value: Json) => void;
}

/** Where the value of a condition is entered, by the editor of the field's own type. */
export function Operand({ id, field, line, isInvalid, onChange }: OperandProps) {
  const { t } = useTranslation();
  const operand = operandField(field, line.op);
  if (operand === null) return <span className="filter-operand" />;
  const shared = { field: operand, isInvalid, describedBy: isInvalid ? `${id}-fault` : undefined };
  if (line.op === "within") {
    return (
      <Select<PeriodKey>
        className="filter-operand"
        aria-label={t("grid.value")}
        aria-invalid={isInvalid}
        aria-describedby={shared.describedBy}
        {...(isInvalid ? { status: "error" as const } : {})}
        placeholder={t("grid.period")}
        value={line.value as PeriodKey | null}
        options={periods.map(({ key }) => ({ value: key, label: t(`grid.periods.${key}`) }))}
        onChange={onChange}
      />
    );
  }
  if (!isPair(line.op)) {
    return (
      <div className="filter-operand">
        <Single {...shared} id={id} value={line.value} onChange={onChange} />
      </div>
    );
  }
  const [from = null, to = null] = Array.isArray(line.value) ? line.value : [];
  return (
    <div className="filter-operand row">
      <Single {...shared} id={`${id}-from`} value={from} onChange={(next) => onChange([next, to])} />
      <span aria-hidden="true">–</span>
      <Single {...shared} id={`${id}-to`} value={to} onChange={(next) => onChange([from, next])} />
    </div>
  );
}

type SingleProps = Pick<EditProps<ColumnField>, "id" | "field" | "value" | "isInvalid" | "describedBy" | "onChange">;

function Single(props: SingleProps) {
  const { t } = useTranslation();
  const title = useLabel()(props.field.title);
  return <ColumnEdit {...props} label={`${t("grid.value")}: ${title}`} />;
}
