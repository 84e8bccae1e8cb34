// A condition that is a formula: written with suggestions, checked as one types, with how many records it finds.
import { Button, Select } from "antd";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ConditionNames, type FunctionList, useConditionNames, useFunctions } from "../api/formulas";
import { type EntityPlace, useFormulaCount } from "../api/records";
import { insertField } from "../formula-editor/completing";
import { Problems } from "../formula-editor/Problems";
import { SignatureHint } from "../formula-editor/SignatureHint";
import { showNote, useFormulaBox } from "../formula-editor/useFormulaBox";
import { type CheckState, type Judged, useConditionCheck } from "../formula-editor/useFormulaCheck";
import { useNoteText } from "../formula-editor/useNoteText";
import { type Known, knownFields, makeVocabulary } from "../formula-editor/vocabulary";
import { useLabel } from "../i18n/label";
import { useErrorText } from "../ui/errorText";
import { DeleteOutlined } from "../ui/icons";
import { pendingOrFailed } from "../ui/states";
import { isSystemKey } from "./systemFields";

interface FormulaLineProps {
  place: EntityPlace;
  view: string;
  value: string;
  /** Somebody tried to apply the filter while nothing stood here. */
  isMissing: boolean;
  onChange: (formula: string) => void;
  onRemove: () => void;
}

export default function FormulaLine(props: FormulaLineProps) {
  const names = useConditionNames(props.place);
  const functions = useFunctions();
  const waiting = pendingOrFailed(names, 1) ?? pendingOrFailed(functions, 1);
  if (waiting !== null || !names.data || !functions.data) {
    return (
      <div className="filter-formula-line">
        <div>{waiting}</div>
        <RemoveButton onRemove={props.onRemove} />
      </div>
    );
  }
  return <Writing {...props} names={names.data} functions={functions.data} />;
}

function RemoveButton({ onRemove }: { onRemove: () => void }) {
  const { t } = useTranslation();
  return <Button type="text" icon={<DeleteOutlined />} aria-label={t("grid.removeCondition")} onClick={onRemove} />;
}

function isOfEveryRecord(path: string): boolean {
  return isSystemKey(path) || ["id", "version"].includes(path) || path.startsWith("current.");
}

function useFields(names: ConditionNames): Map<string, Known> {
  const label = useLabel();
  return useMemo(() => {
    const own = new Set(names.items.map((item) => item.path).filter((path) => !isOfEveryRecord(path)));
    return knownFields({ scope: names.items, row: [], own }, label);
  }, [names, label]);
}

interface WritingProps extends FormulaLineProps {
  names: ConditionNames;
  functions: FunctionList;
}

function Writing({ place, view, value, isMissing, onChange, onRemove, names, functions }: WritingProps) {
  const { t } = useTranslation();
  const id = useId();
  const fields = useFields(names);
  const vocabulary = useMemo(() => makeVocabulary(fields, functions), [fields, functions]);
  const [position, setPosition] = useState(value.length);
  const check = useConditionCheck(place, value);
  const tell = useNoteText(fields);
  const label = t("grid.formula");
  const box = { label, value, onChange, problems: id, vocabulary, check, tell, isMissing, onCursor: setPosition };
  const { parent, view: editor } = useFormulaBox(box);
  const insert = (path: string) => {
    if (editor.current === null) return;
    insertField(editor.current, path, editor.current.state.selection.main);
    editor.current.focus();
  };
  return (
    <div className="filter-formula-line">
      <div className="formula-code filter-source" ref={parent} />
      <Select
        aria-label={t("grid.insertField")}
        placeholder={t("grid.insertField")}
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        options={[...fields.values()].map((field) => ({ value: field.path, label: field.label }))}
        onChange={(path) => path !== null && insert(String(path))}
      />
      <RemoveButton onRemove={onRemove} />
      <div className="filter-fault">
        <SignatureHint source={value} position={position} functions={vocabulary.functions} />
        <div id={id}>
          {isMissing ? (
            <div className="fault" role="alert">
              {t("grid.formulaMissing")}
            </div>
          ) : (
            <>
              <Problems
                id={`${id}-notes`}
                check={check}
                tell={tell}
                onShow={(note) => showNote(editor.current, note)}
              />
              <Found place={place} view={view} value={value} check={check} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

interface FoundProps {
  place: EntityPlace;
  view: string;
  value: string;
  check: CheckState<Judged>;
}

/** How many records a formula finds by itself, once nothing is wrong with it. */
function Found({ place, view, value, check }: FoundProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const isFine = check.answer !== null && check.source === value && check.answer.problems.length === 0;
  const found = useFormulaCount(place, { view, formula: isFine ? value : "" });
  if (!isFine) return value.trim() === "" ? <output className="quiet">{t("grid.formulaHint")}</output> : null;
  if (found.error !== null) return <output className="fault">{errorText(found.error).message}</output>;
  if (found.data === undefined) return null;
  return <output className="quiet">{t("grid.formulaFinds", { count: found.data.count })}</output>;
}
