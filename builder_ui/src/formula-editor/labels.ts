// Who writes a field by its label means the field: {预算} becomes its key.
import { pathOf, tokenize } from "./tokens";

export interface Labelled {
  /** Paths that are understood as they stand. */
  fields: { has: (path: string) => boolean };
  byLabel: ReadonlyMap<string, string>;
}

export interface LabelChange {
  from: number;
  to: number;
  insert: string;
}

/** Paths by label, where a label means one field only. */
export function byUniqueLabel(fields: Iterable<{ path: string; label: string }>): Map<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const { path, label } of fields) {
    if (found.has(label)) twice.add(label);
    found.set(label, path);
  }
  for (const label of twice) found.delete(label);
  return found;
}

/** The changes that put keys in place of labels, in the order of the text; what is a key already stays. */
export function labelChanges(source: string, { fields, byLabel }: Labelled): LabelChange[] {
  return tokenize(source).flatMap((token) => {
    if (token.kind !== "reference") return [];
    const written = pathOf(token.text);
    const path = fields.has(written) ? undefined : byLabel.get(written);
    return path === undefined ? [] : [{ from: token.from, to: token.to, insert: `{${path}}` }];
  });
}
