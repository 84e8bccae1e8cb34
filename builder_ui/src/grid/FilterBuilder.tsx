// Building a filter: lines of field, operator and value, all or any of which must hold.

import { Button, Segmented, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityPlace } from "../api/records";
import type { Field, Filter } from "../api/types";
import { useLabel } from "../i18n/label";
import { DeleteOutlined, FunctionOutlined, PlusOutlined } from "../ui/icons";
import { Loading } from "../ui/states";
import { EMPTY, type FilterDraft, type FilterLine, type FilterOperator, isComplete, operatorsOf } from "./filters";
import { Operand } from "./Operand";

// the editor of formulas is large, and few filters have one
const FormulaLine = lazy(() => import("./FormulaLine"));

interface FilterBuilderProps {
  place: EntityPlace;
  view: string;
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

interface KeyedFormula {
  id: number;
  formula: string;
}

function keyedFormula(formula: string): KeyedFormula {
  made += 1;
  return { formula, id: made };
}

function lineFor(field: Field): FilterLine {
  return { field: field.key, op: operatorsOf(field)[0] ?? "not_empty", value: field.type === "boolean" ? true : null };
}

/** What is being built. A line whose value is missing keeps the filter from being applied, and says so. */
function useDraft({ fields, initial, onApply }: FilterBuilderProps) {
  const [join, setJoin] = useState(initial.join);
  const [lines, setLines] = useState<KeyedLine[]>(() => initial.lines.map(keyed));
  const [formulas, setFormulas] = useState<KeyedFormula[]>(() => initial.formulas.map(keyedFormula));
  const [nested, setNested] = useState(initial.nested);
  const [isAttempted, setAttempted] = useState(false);
  const [first] = fields;
  return {
    join,
    setJoin,
    lines,
    formulas,
    nested,
    isAttempted,
    change: (id: number, next: FilterLine) =>
      setLines((all) => all.map((line) => (line.id === id ? { ...next, id } : line))),
    add: () => first !== undefined && setLines((all) => [...all, keyed(lineFor(first))]),
    remove: (id: number) => setLines((all) => all.filter((line) => line.id !== id)),
    addFormula: () => setFormulas((all) => [...all, keyedFormula("")]),
    changeFormula: (id: number, formula: string) =>
      setFormulas((all) => all.map((line) => (line.id === id ? { id, formula } : line))),
    removeFormula: (id: number) => setFormulas((all) => all.filter((line) => line.id !== id)),
    removeNested: (part: Filter) => setNested((all) => all.filter((other) => other !== part)),
    apply: () => {
      setAttempted(true);
      const written = formulas.map((line) => line.formula);
      if (lines.every(isComplete) && !written.some(isBlank)) onApply({ join, lines, formulas: written, nested });
    },
    clear: () => onApply(EMPTY),
  };
}

function isBlank(formula: string): boolean {
  return formula.trim() === "";
}

export function FilterBuilder(props: FilterBuilderProps) {
  const { t } = useTranslation();
  const draft = useDraft(props);
  const { lines, formulas, nested } = draft;
  const count = lines.length + formulas.length + nested.length;
  return (
    <form
      className="filter-builder"
      aria-label={t("grid.filter")}
      onSubmit={(event) => {
        event.preventDefault();
        draft.apply();
      }}
    >
      {count > 1 && (
        <Segmented
          value={draft.join}
          onChange={draft.setJoin}
          options={[
            { value: "and", label: t("grid.all") },
            { value: "or", label: t("grid.any") },
          ]}
        />
      )}
      {count === 0 && <p className="quiet">{t("grid.noConditions")}</p>}
      {lines.map((line) => (
        <Line
          key={line.id}
          fields={props.fields}
          line={line}
          isInvalid={draft.isAttempted && !isComplete(line)}
          onChange={(next) => draft.change(line.id, next)}
          onRemove={() => draft.remove(line.id)}
        />
      ))}
      {formulas.map(({ id, formula }) => (
        <Suspense key={id} fallback={<Loading rows={1} />}>
          <FormulaLine
            place={props.place}
            view={props.view}
            value={formula}
            isMissing={draft.isAttempted && isBlank(formula)}
            onChange={(next) => draft.changeFormula(id, next)}
            onRemove={() => draft.removeFormula(id)}
          />
        </Suspense>
      ))}
      {nested.map((part) => (
        <Nested key={JSON.stringify(part)} part={part} onRemove={() => draft.removeNested(part)} />
      ))}
      <div className="row wrap between">
        <span className="row wrap">
          <Button type="dashed" icon={<PlusOutlined />} onClick={draft.add}>
            {t("grid.addCondition")}
          </Button>
          <Button type="dashed" icon={<FunctionOutlined />} onClick={draft.addFormula}>
            {t("grid.addFormula")}
          </Button>
        </span>
        <span className="row">
          <Button onClick={draft.clear}>{t("grid.clear")}</Button>
          <Button type="primary" htmlType="submit">
            {t("grid.apply")}
          </Button>
        </span>
      </div>
    </form>
  );
}

/** A part that came with the address and has no lines; it can only be removed. */
function Nested({ part, onRemove }: { part: Filter; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="filter-nested row between">
      <span>
        {t("grid.nested")} <code className="quiet">{JSON.stringify(part)}</code>
      </span>
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("grid.removeNested")} onClick={onRemove} />
    </div>
  );
}

interface LineProps {
  fields: Field[];
  line: KeyedLine;
  isInvalid: boolean;
  onChange: (line: FilterLine) => void;
  onRemove: () => void;
}

function Line({ fields, line, isInvalid, onChange, onRemove }: LineProps) {
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
      <Operand
        id={`filter-${line.id}`}
        field={field}
        line={line}
        isInvalid={isInvalid}
        onChange={(value) => onChange({ ...line, value })}
      />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("grid.removeCondition")} onClick={onRemove} />
      {isInvalid && (
        <div id={`filter-${line.id}-fault`} className="fault filter-fault" role="alert">
          {t("grid.incomplete")}
        </div>
      )}
    </div>
  );
}
