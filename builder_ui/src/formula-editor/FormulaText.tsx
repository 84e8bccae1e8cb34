import type { FormulaFunction } from "../api/formulas";
import { pathOf, type Token, withSpace } from "./tokens";
import type { Known } from "./vocabulary";

interface FormulaTextProps {
  source: string;
  fields: ReadonlyMap<string, Known>;
  functions: ReadonlyMap<string, FormulaFunction>;
}

/** A formula for reading, with fields by their labels. */
export function FormulaText({ source, fields, functions }: FormulaTextProps) {
  return (
    <code className="formula-text">
      {withSpace(source).map(({ token, space }) => (
        <span key={token.from}>
          {space}
          <Piece token={token} fields={fields} functions={functions} />
        </span>
      ))}
    </code>
  );
}

function Piece({ token, fields, functions }: { token: Token } & Omit<FormulaTextProps, "source">) {
  if (token.kind === "reference") {
    const path = pathOf(token.text);
    const known = fields.get(path);
    return known === undefined ? (
      <span className="formula-chip formula-chip-unknown">{path}</span>
    ) : (
      <span className="formula-chip" title={`{${path}}`}>
        {known.label}
      </span>
    );
  }
  const isFunction = token.kind === "name" && functions.has(token.text.toUpperCase());
  return <span className={isFunction ? "formula-function" : `formula-${token.kind}`}>{token.text}</span>;
}
