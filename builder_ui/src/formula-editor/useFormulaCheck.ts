// Asks the server what it makes of the draft: shortly after the last key, and never believing an overtaken answer.
import { useCallback, useEffect, useState } from "react";
import { checkCondition, checkFormula, type FormulaCheck, type FormulaNote, type FormulaPlace } from "../api/formulas";
import type { EntityPlace } from "../api/records";

const PAUSE = 250;

/** What every answer about a formula says. */
export interface Judged {
  problems: FormulaNote[];
  warnings: FormulaNote[];
}

export interface CheckState<A extends Judged = FormulaCheck> {
  /** What the last answer said, and of which text. */
  answer: A | null;
  source: string | null;
  /** When it came. */
  at: string;
  error: unknown;
}

const NOTHING = { answer: null, source: null, at: "", error: null };

export function useFormulaCheck(entity: EntityPlace, place: FormulaPlace | null, source: string): CheckState {
  const { app, entity: key } = entity;
  const ask = useCallback(
    (text: string, signal: AbortSignal) => checkFormula({ app, entity: key }, { source: text, place }, signal),
    [app, key, place],
  );
  return useChecked(source, ask);
}

/** The same of a formula by which somebody filters. */
export function useConditionCheck(entity: EntityPlace, source: string): CheckState<Judged> {
  const { app, entity: key } = entity;
  const ask = useCallback(
    (text: string, signal: AbortSignal) => checkCondition({ app, entity: key }, text, signal),
    [app, key],
  );
  return useChecked(source, ask);
}

function useChecked<A extends Judged>(
  source: string,
  check: (source: string, signal: AbortSignal) => Promise<A>,
): CheckState<A> {
  const [known, setKnown] = useState<CheckState<A>>(NOTHING);
  useEffect(() => {
    const mine = new AbortController();
    const ask = async () => {
      try {
        const answer = await check(source, mine.signal);
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
  }, [check, source]);
  // of nothing there is nothing to say
  return source.trim() === "" ? NOTHING : known;
}
