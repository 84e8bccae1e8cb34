// The list of fields and functions while somebody types, with help beside it.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { EditorState, type Extension } from "@codemirror/state";
import type { EditorView, Rect } from "@codemirror/view";
import type { Label } from "../api/types";
import { words } from "./codeLooks";
import { type Offer, offersAt } from "./completion";
import { type Known, kindOf, signatureText, type TakenKind } from "./vocabulary";

export interface CompletionTexts {
  speak: (label: Label) => string;
  fields: string;
  functions: string;
  kind: (field: Known) => string;
  takes: (kind: TakenKind) => string;
  example: string;
}

/** Put a field where `from`…`to` is. */
export function insertField(view: EditorView, path: string, range: { from: number; to: number }): void {
  // a brace that was closed already belongs to what is replaced
  const after = view.state.sliceDoc(range.to, range.to + 1);
  const before = view.state.sliceDoc(range.from, range.from + 1);
  const to = /[{｛]/u.test(before) && /[}｝]/u.test(after) ? range.to + 1 : range.to;
  insert(view, `{${path}}`, { from: range.from, to, cursor: path.length + 2 });
}

/** Put a call where `from`…`to` is, with the cursor between its brackets if it takes anything. */
export function insertCall(
  view: EditorView,
  { name, takes }: { name: string; takes: boolean },
  range: { from: number; to: number },
): void {
  const isOpen = /[(（]/u.test(view.state.sliceDoc(range.to, range.to + 1));
  const text = isOpen ? name : `${name}()`;
  insert(view, text, { ...range, cursor: isOpen ? name.length + 1 : text.length - (takes ? 1 : 0) });
}

function insert(view: EditorView, text: string, { from, to, cursor }: { from: number; to: number; cursor: number }) {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + cursor },
    scrollIntoView: true,
    userEvent: "input.complete",
  });
}

function paragraph(text: string, className: string): HTMLElement {
  const line = document.createElement("p");
  line.className = className;
  line.textContent = text;
  return line;
}

function asCompletion(offer: Offer, first: Offer["kind"], texts: CompletionTexts): Completion {
  const rank = offer.kind === first ? 0 : 1;
  if (offer.kind === "field") {
    const { field } = offer;
    return {
      label: field.label,
      detail: texts.kind(field),
      type: "field",
      section: { name: texts.fields, rank },
      apply: (view, completion, from, to) => {
        insertField(view, field.path, { from, to });
        view.dispatch({ annotations: pickedCompletion.of(completion) });
      },
    };
  }
  const { found } = offer;
  return {
    label: found.name,
    detail: texts.speak(found.help),
    type: "function",
    section: { name: texts.functions, rank },
    info: () => {
      const help = document.createElement("div");
      const kinds = found.parameters.map((parameter) => kindOf(parameter, texts.speak, texts.takes));
      const told = kinds.filter((kind) => kind !== null).join(" · ");
      help.append(
        paragraph(signatureText(found, texts.speak), "formula-help-signature"),
        ...(told === "" ? [] : [paragraph(told, "formula-help-kinds")]),
        paragraph(texts.speak(found.help), "formula-help-text"),
        paragraph(`${texts.example} ${found.example} → ${found.result}`, "formula-help-example"),
      );
      return help;
    },
    apply: (view, completion, from, to) => {
      insertCall(view, { name: found.name, takes: found.parameters.length > 0 }, { from, to });
      view.dispatch({ annotations: pickedCompletion.of(completion) });
    },
  };
}

function source(texts: CompletionTexts) {
  return (context: CompletionContext): CompletionResult | null => {
    const { vocabulary } = context.state.facet(words);
    const text = context.state.doc.toString();
    const found = offersAt(text, context.pos, vocabulary, { speak: texts.speak, isAsked: context.explicit });
    if (found === null) return null;
    // the kind that fits best comes first
    const first = found.items[0]?.kind ?? "field";
    const options = found.items.map((offer) => asCompletion(offer, first, texts));
    return { from: found.from, options, filter: false };
  };
}

const INFO_WIDTH = 300;

/** The help beside the list, or below it where there is no room, never on it. */
function besideOrBelow(_view: EditorView, list: Rect, option: Rect, _info: Rect, space: Rect): { style: string } {
  const top = `top: ${option.top - list.top}px`;
  if (space.right - list.right > INFO_WIDTH) return { style: `${top}; left: 100%; margin-left: 4px` };
  if (list.left - space.left > INFO_WIDTH) return { style: `${top}; right: 100%; margin-right: 4px` };
  return { style: `top: ${list.bottom - list.top + 4}px; left: 0` };
}

export function completing(texts: CompletionTexts): Extension {
  return [
    autocompletion({
      override: [source(texts)],
      icons: false,
      // Enter means the list from the moment it is there
      interactionDelay: 0,
      maxRenderedOptions: 60,
      positionInfo: besideOrBelow,
      optionClass: (completion) => `formula-option-${completion.type}`,
    }),
    EditorState.languageData.of(() => [{ closeBrackets: { brackets: ["(", '"'] } }]),
    closeBrackets(),
  ];
}
