// Who types or pastes a field by its label into the editor gets the field.
import type { ChangeSpec, Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { words } from "./codeLooks";
import { labelChanges } from "./labels";

export const labelsToKeys: Extension = EditorView.updateListener.of((update) => {
  if (!update.docChanged || update.view.composing) return;
  const changes: ChangeSpec[] = labelChanges(update.state.doc.toString(), update.state.facet(words).vocabulary);
  // a view must not be changed while it tells of a change
  if (changes.length > 0) queueMicrotask(() => applyTo(update.view, update.state.doc.toString(), changes));
});

function applyTo(view: EditorView, seen: string, changes: ChangeSpec[]): void {
  if (view.state.doc.toString() === seen) view.dispatch({ changes });
}
