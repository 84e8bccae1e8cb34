// Asks the server what it makes of the draft: shortly after the last key, and never believing an overtaken answer.
import { useEffect, useState } from "react";
import { checkFormula, type FormulaCheck, type FormulaPlace } from "../api/formulas";
import type { EntityPlace } from "../api/records";

const PAUSE = 250;

export interface CheckState {
  /** What the last answer said, and of which text. */
  answer: FormulaCheck | null;
  source: string | null;
  /** When it came. */
  at: string;
  error: unknown;
}

const NOTHING: CheckState = { answer: null, source: null, at: "", error: null };

export function useFormulaCheck(entity: EntityPlace, place: FormulaPlace | null, source: string): CheckState {
  const [known, setKnown] = useState(NOTHING);
  const { app, entity: key } = entity;
  useEffect(() => {
    const mine = new AbortController();
    const ask = async () => {
      try {
        const answer = await checkFormula({ app, entity: key }, { source, place }, mine.signal);
        if (!mine.signal.aborted) setKnown({ answer, source, at: new Date().toISOString(), error: null });
      } catch (error) {
        if (!mine.signal.aborted) setKnown((before) => ({ ...before, error }));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      clearTimeout(timer);
      mine.abort();
    };
  }, [app, key, place, source]);
  // of nothing there is nothing to say
  return source.trim() === "" ? NOTHING : known;
}
