// The pieces of a formula's text, found as the server's lexer finds them, and also in text that is half typed.

export type TokenKind =
  | "number"
  | "text"
  | "reference"
  | "name"
  | "operator"
  | "open"
  | "close"
  | "comma"
  | "unclosed"
  | "unknown";

/** A piece of the text; `from` and `to` count UTF-16 units, as the editor does. */
export interface Token {
  kind: TokenKind;
  from: number;
  to: number;
  text: string;
}

// full-width signs are what a Chinese keyboard types in place of the ASCII ones
const PIECES =
  /(?<space>\s+)|(?<number>(?:\p{Nd}+(?:\.\p{Nd}*)?|\.\p{Nd}+)(?:[eE][+-]?\p{Nd}+)?)|(?<text>"(?:[^"]|"")*"|“[^”]*”)|(?<reference>[{｛][^{}｛｝]*[}｝])|(?<name>[A-Za-z_][A-Za-z0-9_.]*)|(?<operator><=|>=|<>|!=|==|[≤≥≠+*/^&%=<>＋－＊／＾＆％＝＜＞-])|(?<open>[(（])|(?<close>[)）])|(?<comma>[,，;；])|(?<unclosed>["“].*)|(?<unknown>.)/suy;

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  PIECES.lastIndex = 0;
  for (let match = PIECES.exec(source); match !== null; match = PIECES.exec(source)) {
    const text = match[0];
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (kind !== "space")
      tokens.push({ kind: kind as TokenKind, from: match.index, to: match.index + text.length, text });
  }
  return tokens;
}

/** The whole text in pieces: every token with the space before it. */
export function withSpace(source: string): { token: Token; space: string }[] {
  const tokens = tokenize(source);
  return tokens.map((token, index) => ({ token, space: source.slice(tokens[index - 1]?.to ?? 0, token.from) }));
}

/** What a reference names: the key or path between its braces. */
export function pathOf(reference: string): string {
  return reference.slice(1, -1).trim();
}

/** The closing bracket of an opening one and the other way round, by position in the list; null: it has none. */
export function partner(tokens: readonly Token[], index: number): number | null {
  const step = depthOf(tokens[index]);
  if (step === 0) return null;
  let depth = 0;
  for (let at = index; at >= 0 && at < tokens.length; at += step) {
    depth += depthOf(tokens[at]);
    if (depth === 0) return at;
  }
  return null;
}

function depthOf(token: Token | undefined): 0 | 1 | -1 {
  if (token?.kind === "open") return 1;
  return token?.kind === "close" ? -1 : 0;
}
