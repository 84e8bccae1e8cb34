// The text box of a formula: suggestions, chips, and what is wrong underlined as one types.
import type { Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaNote } from "../api/formulas";
import { useLabel } from "../i18n/label";
import type { Words } from "./codeLooks";
import type { CompletionTexts } from "./completing";
import { toUnits } from "./offsets";
import { useCodeArea } from "./useCodeArea";
import type { CheckState, Judged } from "./useFormulaCheck";
import { useKindText } from "./useKindText";
import type { NoteText } from "./useNoteText";
import type { Vocabulary } from "./vocabulary";

export interface FormulaBoxParts {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onCursor: (position: number) => void;
  /** Id of the element that says what is wrong. */
  problems: string;
  vocabulary: Vocabulary;
  check: CheckState<Judged>;
  tell: NoteText;
  /** Something must be written here, and nothing is. */
  isMissing?: boolean;
}

export function useFormulaBox(parts: FormulaBoxParts) {
  const { label, value, onChange, onCursor, problems, vocabulary, check, tell, isMissing = false } = parts;
  const { t } = useTranslation();
  const isWrong = isMissing || (check.answer?.problems.length ?? 0) > 0;
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
  const diagnostics = useMemo(() => diagnosticsOf(check, value, tell), [check, value, tell]);
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
      takes: (kind) => t(`formulas.takes.${kind}`),
      example: t("formulas.example"),
    }),
    [t, label, kindText],
  );
}

/** Of a text that has been changed since, nothing is underlined: the places would be others. */
function diagnosticsOf({ answer, source }: CheckState<Judged>, value: string, tell: NoteText): Diagnostic[] {
  if (answer === null || source !== value) return [];
  const mark = (severity: Diagnostic["severity"]) => (note: FormulaNote) => {
    const [from, to] = rangeOf(value, note);
    return { from, to, severity, message: tell(note, value) };
  };
  return [...answer.problems.map(mark("error")), ...answer.warnings.map(mark("warning"))];
}

/** Where a note is in the editor; what is wrong at the end is shown at the last sign. */
function rangeOf(text: string, note: FormulaNote): [number, number] {
  const from = toUnits(text, note.offset);
  const to = toUnits(text, note.end);
  return from === to && from > 0 && from === text.length ? [from - 1, to] : [from, to];
}

export function showNote(view: EditorView | null, note: FormulaNote): void {
  if (view === null) return;
  const [from, to] = rangeOf(view.state.doc.toString(), note);
  const end = view.state.doc.length;
  view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true });
  view.focus();
}
