// Who writes a field by its label means the field: {预算} becomes its key before the server sees it.
import { pathOf, tokenize } from "../formula-editor/tokens";

/** The formula with keys in braces; `byLabel` gives them for labels in any language. */
export function withKeys(source: string, byLabel: ReadonlyMap<string, string>): string {
  return tokenize(source)
    .filter((token) => token.kind === "reference")
    .toReversed()
    .reduce((text, token) => {
      const key = byLabel.get(pathOf(token.text));
      return key === undefined ? text : `${text.slice(0, token.from)}{${key}}${text.slice(token.to)}`;
    }, source);
}
