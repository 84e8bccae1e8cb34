// The editor's own state and view, kept in step with the page around it.
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, type KeyBinding, keymap, placeholder } from "@codemirror/view";
import { type RefObject, useEffect, useRef } from "react";
import { useLatest } from "../ui/useLatest";
import { codeLooks, type Words, words } from "./codeLooks";
import { type CompletionTexts, completing } from "./completing";
import { labelsToKeys } from "./labelsToKeys";

export interface CodeAreaOptions {
  value: string;
  onChange: (value: string) => void;
  /** Where the cursor is, in UTF-16 units. */
  onCursor: (position: number) => void;
  known: Words;
  texts: CompletionTexts;
  /** Attributes of the text box for assistive technology. */
  attributes: Record<string, string>;
  placeholder: string;
  /** What the editor itself says to assistive technology, by its English text. */
  phrases: Record<string, string>;
  diagnostics: readonly Diagnostic[];
}

/** Values of the options that change while the editor lives. */
class Parts {
  readonly known = new Compartment();
  readonly texts = new Compartment();
  readonly attributes = new Compartment();
  readonly placeholder = new Compartment();
  readonly phrases = new Compartment();

  all(options: CodeAreaOptions): Extension[] {
    return [
      this.known.of(words.of(options.known)),
      this.texts.of(completing(options.texts)),
      this.attributes.of(EditorView.contentAttributes.of(options.attributes)),
      this.placeholder.of(placeholder(options.placeholder)),
      this.phrases.of(EditorState.phrases.of(options.phrases)),
    ];
  }
}

const NEXT_PROBLEM: KeyBinding = { key: "F8", run: nextDiagnostic };

function makeView(parent: HTMLElement, parts: Parts, latest: RefObject<CodeAreaOptions>): EditorView {
  const tell = EditorView.updateListener.of((update) => {
    if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    if (update.docChanged || update.selectionSet) latest.current.onCursor(update.state.selection.main.head);
  });
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: latest.current.value,
      selection: { anchor: latest.current.value.length },
      extensions: [
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        codeLooks,
        labelsToKeys,
        // no key for Tab: it leads out of the editor
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, NEXT_PROBLEM]),
        ...parts.all(latest.current),
        tell,
      ],
    }),
  });
}

/** Makes an editor in the element of the returned reference; `view` is it, for inserting. */
export function useCodeArea(options: CodeAreaOptions) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const parts = useRef(new Parts());
  const latest = useLatest(options);
  const { value, known, texts, attributes, placeholder: hint, phrases, diagnostics } = options;

  useEffect(() => {
    if (parent.current === null) return;
    const made = makeView(parent.current, parts.current, latest);
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [latest]);

  useEffect(() => {
    const shown = view.current;
    if (shown === null || shown.state.doc.toString() === value) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.known.reconfigure(words.of(known)) });
  }, [known]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.texts.reconfigure(completing(texts)) });
  }, [texts]);
  useEffect(() => {
    const given = EditorView.contentAttributes.of(attributes);
    view.current?.dispatch({ effects: parts.current.attributes.reconfigure(given) });
  }, [attributes]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.placeholder.reconfigure(placeholder(hint)) });
  }, [hint]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.phrases.reconfigure(EditorState.phrases.of(phrases)) });
  }, [phrases]);
  useEffect(() => {
    const shown = view.current;
    if (shown !== null) shown.dispatch(setDiagnostics(shown.state, [...diagnostics]));
  }, [diagnostics]);
  return { parent, view };
}
