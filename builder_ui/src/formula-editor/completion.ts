// What is offered while somebody types: fields by label or key, functions by name or by what they do.
import type { FormulaFunction } from "../api/formulas";
import type { Label } from "../api/types";
import { tokenize } from "./tokens";
import type { Known, Vocabulary } from "./vocabulary";

export type Offer = { kind: "field"; field: Known } | { kind: "function"; found: FormulaFunction };

export interface Offers {
  /** What is replaced, in UTF-16 units, up to the cursor. */
  from: number;
  query: string;
  items: Offer[];
}

// what somebody types to find a field or a function: no space, sign, quote or bracket in it but an opening brace
const WORD = /[{｛]?[^\s"“”(),;，；（）{}｛｝+*/^&%=<>≤≥≠＋－＊／＾＆％＝＜＞-]*$/u;
const MOST = 60;

function isInText(source: string, position: number): boolean {
  return tokenize(source).some(
    (token) =>
      token.from < position &&
      ((token.kind === "unclosed" && position <= token.to) || (token.kind === "text" && position < token.to)),
  );
}

/** What fits before the cursor; null where nothing is to be offered. `isAsked`: with the key for it. */
export function offersAt(
  source: string,
  position: number,
  words: Vocabulary,
  { speak, isAsked }: { speak: (label: Label) => string; isAsked: boolean },
): Offers | null {
  if (isInText(source, position)) return null;
  const word = WORD.exec(source.slice(0, position))?.[0] ?? "";
  const hasBrace = /^[{｛]/u.test(word);
  const query = hasBrace ? word.slice(1) : word;
  if (!isAsked && !hasBrace && (word === "" || /^[\p{Nd}.]/u.test(word))) return null;
  const candidates: Candidate[] = [...words.fields.values()].map((field) => ({
    offer: { kind: "field", field },
    names: [field.title, field.label, field.path],
    further: "",
  }));
  if (!hasBrace) {
    for (const found of words.functions.values()) {
      candidates.push({ offer: { kind: "function", found }, names: [found.name], further: speak(found.help) });
    }
  }
  const items = ranked(candidates, query).slice(0, MOST);
  return items.length === 0 ? null : { from: position - word.length, query, items };
}

interface Candidate {
  offer: Offer;
  names: string[];
  further: string;
}

/** Those whose names begin with the query, then those that hold it, then those whose description does. */
function ranked(candidates: Candidate[], query: string): Offer[] {
  if (query === "") return candidates.map(({ offer }) => offer);
  const wanted = query.toLowerCase();
  const rank = ({ names, further }: Candidate): number => {
    const own = names.map((name) => name.toLowerCase());
    if (own.some((name) => name.startsWith(wanted))) return 0;
    if (own.some((name) => name.includes(wanted))) return 1;
    return wanted.length > 1 && further.toLowerCase().includes(wanted) ? 2 : 3;
  };
  // somebody who types capitals is looking for a function
  const first = /^[A-Z]/u.test(query) ? "function" : "field";
  return candidates
    .map((candidate) => ({ offer: candidate.offer, rank: rank(candidate) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank || order(one.offer, first) - order(other.offer, first))
    .map((one) => one.offer);
}

function order(offer: Offer, first: Offer["kind"]): number {
  return offer.kind === first ? 0 : 1;
}
