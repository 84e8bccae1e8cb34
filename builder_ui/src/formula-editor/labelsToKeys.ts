// Who types or pastes a field by its label gets the field: {预算} becomes its key.
import type { ChangeSpec, Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { words } from "./codeLooks";
import { pathOf, tokenize } from "./tokens";
import type { Vocabulary } from "./vocabulary";

/** The changes that put keys in place of labels; what is a key already stays. */
export function labelChanges(
  source: string,
  { fields, byLabel }: Vocabulary,
): { from: number; to: number; insert: string }[] {
  return tokenize(source).flatMap((token) => {
    if (token.kind !== "reference") return [];
    const written = pathOf(token.text);
    const path = fields.has(written) ? undefined : byLabel.get(written);
    return path === undefined ? [] : [{ from: token.from, to: token.to, insert: `{${path}}` }];
  });
}

export const labelsToKeys: Extension = EditorView.updateListener.of((update) => {
  if (!update.docChanged || update.view.composing) return;
  const changes: ChangeSpec[] = labelChanges(update.state.doc.toString(), update.state.facet(words).vocabulary);
  // a view must not be changed while it tells of a change
  if (changes.length > 0) queueMicrotask(() => applyTo(update.view, update.state.doc.toString(), changes));
});

function applyTo(view: EditorView, seen: string, changes: ChangeSpec[]): void {
  if (view.state.doc.toString() === seen) view.dispatch({ changes });
}
