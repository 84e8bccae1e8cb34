// Building a filter: lines of field, operator and value, all or any of which must hold.

import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/label";
import { DeleteOutlined, PlusOutlined } from "../ui/icons";
import { type FilterDraft, type FilterLine, type FilterOperator, operatorsOf } from "./filters";
import { Operand } from "./Operand";

interface FilterBuilderProps {
  fields: Field[];
  initial: FilterDraft;
  onApply: (draft: FilterDraft) => void;
}

interface KeyedLine extends FilterLine {
  id: number;
}
let made = 0;

function keyed(line: FilterLine): KeyedLine {
  made += 1;
  return { ...line, id: made };
}

function lineFor(field: Field): FilterLine {
  return { field: field.key, op: operatorsOf(field)[0] ?? "not_empty", value: field.type === "boolean" ? true : null };
}

export function FilterBuilder({ fields, initial, onApply }: FilterBuilderProps) {
  const { t } = useTranslation();
  const [join, setJoin] = useState(initial.join);
  const [lines, setLines] = useState<KeyedLine[]>(() => initial.lines.map(keyed));
  const [first] = fields;
  const change = (id: number, next: FilterLine) =>
    setLines((all) => all.map((line) => (line.id === id ? { ...next, id } : line)));
  const add = () => first !== undefined && setLines((all) => [...all, keyed(lineFor(first))]);
  return (
    <form
      className="filter-builder"
      aria-label={t("grid.filter")}
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ join, lines });
      }}
    >
      {lines.length > 1 && (
        <Segmented
          value={join}
          onChange={setJoin}
          options={[
            { value: "and", label: t("grid.all") },
            { value: "or", label: t("grid.any") },
          ]}
        />
      )}
      {lines.length === 0 && <p className="quiet">{t("grid.noConditions")}</p>}
      {lines.map((line) => (
        <Line
          key={line.id}
          fields={fields}
          line={line}
          onChange={(next) => change(line.id, next)}
          onRemove={() => setLines((all) => all.filter((other) => other.id !== line.id))}
        />
      ))}
      <div className="row wrap between">
        <Button type="dashed" icon={<PlusOutlined />} onClick={add}>
          {t("grid.addCondition")}
        </Button>
        <span className="row">
          <Button onClick={() => onApply({ join: "and", lines: [] })}>{t("grid.clear")}</Button>
          <Button type="primary" htmlType="submit">
            {t("grid.apply")}
          </Button>
        </span>
      </div>
    </form>
  );
}

interface LineProps {
  fields: Field[];
  line: KeyedLine;
  onChange: (line: FilterLine) => void;
  onRemove: () => void;
}

function Line({ fields, line, onChange, onRemove }: LineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const field = fields.find((candidate) => candidate.key === line.field);
  if (field === undefined) return null;
  const pick = (key: string) => {
    const next = fields.find((candidate) => candidate.key === key);
    if (next !== undefined) onChange(lineFor(next));
  };
  return (
    <div className="filter-line">
      <Select
        aria-label={t("grid.field")}
        value={line.field}
        showSearch={{ optionFilterProp: "label" }}
        options={fields.map((candidate) => ({ value: candidate.key, label: label(candidate.title) }))}
        onChange={pick}
      />
      <Select<FilterOperator>
        aria-label={t("grid.operator")}
        value={line.op}
        options={operatorsOf(field).map((op) => ({ value: op, label: t(`grid.operators.${op}`) }))}
        onChange={(op) => onChange({ ...line, op, value: field.type === "boolean" ? true : null })}
      />
      <Operand id={`filter-${line.id}`} field={field} line={line} onChange={(value) => onChange({ ...line, value })} />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("grid.removeCondition")} onClick={onRemove} />
    </div>
  );
}
