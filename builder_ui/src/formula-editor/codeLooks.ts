// How the text looks: chips in place of field references, colours by kind of piece, the bracket that belongs to one.
import { forEachDiagnostic } from "@codemirror/lint";
import { type EditorState, type Extension, Facet, type Range } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import { partner, pathOf, type Token, tokenize } from "./tokens";
import { NO_WORDS, type Vocabulary } from "./vocabulary";

export interface Words {
  vocabulary: Vocabulary;
  /** What a chip says of a field there is not. */
  unknownField: (path: string) => string;
}

/** What the editor knows at this moment; it changes with the language and with what is loaded. */
export const words = Facet.define<Words, Words>({
  combine: (given) => given[0] ?? { vocabulary: NO_WORDS, unknownField: (path) => path },
});

interface ChipLooks {
  label: string;
  path: string;
  isKnown: boolean;
  /** What is wrong or doubtful about it: marks of the text do not reach into a chip. */
  severity: string | null;
}

class Chip extends WidgetType {
  readonly looks: ChipLooks;

  constructor(looks: ChipLooks) {
    super();
    this.looks = looks;
  }

  override eq({ looks }: Chip): boolean {
    const { label, path, isKnown, severity } = this.looks;
    return label === looks.label && path === looks.path && isKnown === looks.isKnown && severity === looks.severity;
  }

  override toDOM(): HTMLElement {
    const { label, path, isKnown, severity } = this.looks;
    const chip = document.createElement("span");
    chip.className = isKnown ? "formula-chip" : "formula-chip formula-chip-unknown";
    if (severity !== null) chip.classList.add(`formula-chip-${severity}`);
    chip.textContent = label;
    chip.title = isKnown ? `{${path}}` : label;
    return chip;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function severityAt(state: EditorState, token: Token): string | null {
  let found: string | null = null;
  forEachDiagnostic(state, ({ severity }, from, to) => {
    if (from < token.to && to > token.from && found !== "error") found = severity;
  });
  return found;
}

function chipOf(token: Token, state: EditorState): Chip {
  const { vocabulary, unknownField } = state.facet(words);
  const path = pathOf(token.text);
  const known = vocabulary.fields.get(path);
  const severity = severityAt(state, token);
  return new Chip({ label: known?.label ?? unknownField(path), path, isKnown: known !== undefined, severity });
}

function classOf(token: Token, tokens: readonly Token[], index: number, { vocabulary }: Words): string {
  if (token.kind !== "name") return `formula-${token.kind}`;
  const name = token.text.toUpperCase();
  const isCalled = tokens[index + 1]?.kind === "open";
  const isWord = (name === "TRUE" || name === "FALSE") && !isCalled;
  if (isWord) return "formula-truth";
  return vocabulary.functions.has(name) ? "formula-function" : "formula-unknown-function";
}

function isBracket(token: Token): boolean {
  return token.kind === "open" || token.kind === "close";
}

function bracketsAt(tokens: readonly Token[], head: number): number[] {
  const before = tokens.findIndex((token) => isBracket(token) && token.to === head);
  const at = before >= 0 ? before : tokens.findIndex((token) => isBracket(token) && token.from === head);
  if (at < 0) return [];
  const other = partner(tokens, at);
  return other === null ? [at] : [at, other];
}

interface Looks {
  all: DecorationSet;
  chips: DecorationSet;
}

function looksOf(view: EditorView): Looks {
  const known = view.state.facet(words);
  const tokens = tokenize(view.state.doc.toString());
  const matched = view.hasFocus ? bracketsAt(tokens, view.state.selection.main.head) : [];
  const marks: Range<Decoration>[] = [];
  const chips: Range<Decoration>[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === "reference" && !token.text.includes("\n")) {
      chips.push(Decoration.replace({ widget: chipOf(token, view.state) }).range(token.from, token.to));
      return;
    }
    const isMatched = matched.includes(index);
    const lonely = isMatched && matched.length === 1;
    const bracket = isMatched ? (lonely ? " formula-lonely" : " formula-matched") : "";
    const name = classOf(token, tokens, index, known) + bracket;
    marks.push(Decoration.mark({ class: name }).range(token.from, token.to));
  });
  return { all: Decoration.set([...marks, ...chips], true), chips: Decoration.set(chips, true) };
}

const drawing = ViewPlugin.fromClass(
  class {
    looks: Looks;

    constructor(view: EditorView) {
      this.looks = looksOf(view);
    }

    update(update: ViewUpdate) {
      const isReworded = update.startState.facet(words) !== update.state.facet(words);
      const isJudged = update.transactions.some((transaction) => transaction.effects.length > 0);
      if (update.docChanged || update.selectionSet || update.focusChanged || isReworded || isJudged) {
        this.looks = looksOf(update.view);
      }
    }
  },
  {
    decorations: (plugin) => plugin.looks.all,
    // the cursor goes past a chip in one step and deletes it whole
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.looks.chips ?? Decoration.none),
  },
);

export const codeLooks: Extension = drawing;
