import type { Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { Button, Drawer } from "antd";
import { type RefObject, useCallback, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaFunction, FormulaNote, FormulaPlace, FunctionList } from "../api/formulas";
import type { AppDetail, ColumnField, Entity, Field } from "../api/types";
import { useLabel } from "../i18n/label";
import { AppstoreOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import type { Words } from "./codeLooks";
import { type CompletionTexts, insertCall, insertField } from "./completing";
import { LiveResult } from "./LiveResult";
import { toUnits } from "./offsets";
import { Palette } from "./Palette";
import { Problems } from "./Problems";
import { SignatureHint } from "./SignatureHint";
import { useCodeArea } from "./useCodeArea";
import { type CheckState, useFormulaCheck } from "./useFormulaCheck";
import { useKindText } from "./useKindText";
import { type Known, makeVocabulary, type Vocabulary } from "./vocabulary";

interface FormulaEditorProps {
  app: AppDetail;
  entity: Entity;
  place: FormulaPlace;
  /** The subform in whose rows the formula stands. */
  subform: string | null;
  /** The field whose value it is, if any. */
  target: Field | ColumnField | null;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fields: Map<string, Known>;
  functions: FunctionList;
}

/** A formula being written: text with fields as chips, help, what is wrong with it, and what it comes to. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { app, entity, place, subform, target, label, value, onChange, fields, functions } = props;
  const problems = useId();
  const [position, setPosition] = useState(value.length);
  const vocabulary = useMemo(() => makeVocabulary(fields, functions), [fields, functions]);
  const location = useMemo(() => ({ app: app.key, entity: entity.key }), [app.key, entity.key]);
  const check = useFormulaCheck(location, place, value);
  const { parent, view } = useEditor({ label, value, onChange, problems, vocabulary, check, onCursor: setPosition });
  const insert = useInserting(view);
  return (
    <div className="formula-editor">
      <div className="formula-main">
        <div className="formula-code" ref={parent} />
        <div className="formula-below">
          <SignatureHint source={value} position={position} functions={vocabulary.functions} />
          <PaletteButton fields={fields} functions={functions} {...insert} />
        </div>
        <Problems id={problems} check={check} onShow={(note) => showNote(view.current, note)} />
        <LiveResult app={app} entity={entity} subform={subform} target={target} check={check} fields={fields} />
      </div>
      <PaletteAside fields={fields} functions={functions} {...insert} />
    </div>
  );
}

interface EditorParts {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onCursor: (position: number) => void;
  /** Id of the element that says what is wrong. */
  problems: string;
  vocabulary: Vocabulary;
  check: CheckState;
}

function useEditor({ label, value, onChange, onCursor, problems, vocabulary, check }: EditorParts) {
  const { t } = useTranslation();
  const isWrong = (check.answer?.problems.length ?? 0) > 0;
  const known = useMemo<Words>(
    () => ({ vocabulary, unknownField: (path) => t("formulas.unknownField", { field: path }) }),
    [vocabulary, t],
  );
  const texts = useCompletionTexts();
  const attributes = useMemo(
    () => ({
      "aria-label": label,
      "aria-describedby": problems,
      "aria-invalid": String(isWrong),
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
    [label, problems, isWrong],
  );
  const diagnostics = useMemo(() => diagnosticsOf(check, value), [check, value]);
  const phrases = useMemo(
    () => ({
      Completions: t("formulas.suggestions"),
      "Control character": t("formulas.controlCharacter"),
      "Selection deleted": t("formulas.selectionDeleted"),
    }),
    [t],
  );
  const placeholder = t("formulas.placeholder");
  return useCodeArea({ value, onChange, onCursor, known, texts, attributes, placeholder, phrases, diagnostics });
}

function useCompletionTexts(): CompletionTexts {
  const { t } = useTranslation();
  const label = useLabel();
  const kindText = useKindText();
  return useMemo(
    () => ({
      speak: label,
      fields: t("formulas.fields"),
      functions: t("formulas.functions"),
      kind: kindText,
      example: t("formulas.example"),
    }),
    [t, label, kindText],
  );
}

/** Of a text that has been changed since, nothing is underlined: the places would be others. */
function diagnosticsOf({ answer, source }: CheckState, value: string): Diagnostic[] {
  if (answer === null || source !== value) return [];
  const mark = (severity: Diagnostic["severity"]) => (note: FormulaNote) => {
    const [from, to] = rangeOf(value, note);
    return { from, to, severity, message: note.message };
  };
  return [...answer.problems.map(mark("error")), ...answer.warnings.map(mark("warning"))];
}

/** Where a note is in the editor; what is wrong at the end is shown at the last sign. */
function rangeOf(text: string, note: FormulaNote): [number, number] {
  const from = toUnits(text, note.offset);
  const to = toUnits(text, note.end);
  return from === to && from > 0 && from === text.length ? [from - 1, to] : [from, to];
}

function showNote(view: EditorView | null, note: FormulaNote): void {
  if (view === null) return;
  const [from, to] = rangeOf(view.state.doc.toString(), note);
  const end = view.state.doc.length;
  view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true });
  view.focus();
}

function useInserting(view: RefObject<EditorView | null>) {
  const onField = useCallback(
    (path: string) => {
      if (view.current === null) return;
      insertField(view.current, path, view.current.state.selection.main);
      view.current.focus();
    },
    [view],
  );
  const onFunction = useCallback(
    (found: FormulaFunction) => {
      if (view.current === null) return;
      const call = { name: found.name, takes: found.parameters.length > 0 };
      insertCall(view.current, call, view.current.state.selection.main);
      view.current.focus();
    },
    [view],
  );
  return { onField, onFunction };
}

interface PaletteParts {
  fields: Map<string, Known>;
  functions: FunctionList;
  onField: (path: string) => void;
  onFunction: (found: FormulaFunction) => void;
}

function PaletteAside(parts: PaletteParts) {
  const { t } = useTranslation();
  if (useIsPhone()) return null;
  return (
    <aside className="formula-aside" aria-label={t("formulas.palette")}>
      <Palette {...parts} />
    </aside>
  );
}

/** On a phone the fields and functions come from below, and go once one is chosen. */
function PaletteButton({ onField, onFunction, ...parts }: PaletteParts) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!useIsPhone()) return null;
  return (
    <>
      <Button icon={<AppstoreOutlined />} onClick={() => setOpen(true)}>
        {t("formulas.palette")}
      </Button>
      <Drawer title={t("formulas.palette")} placement="bottom" size="75%" open={isOpen} onClose={() => setOpen(false)}>
        <Palette
          {...parts}
          onField={(path) => {
            setOpen(false);
            onField(path);
          }}
          onFunction={(found) => {
            setOpen(false);
            onFunction(found);
          }}
        />
      </Drawer>
    </>
  );
}
