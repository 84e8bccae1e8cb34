// Asks the server what it makes of the values: shortly after the last key, and never believing an overtaken answer.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Entity, Evaluation, Rights, Values } from "../api/types";
import type { Evaluate } from "./entry";
import { rowIds, toWire } from "./wire";

const PAUSE = 300;

interface Options {
  entity: Entity;
  rights: Rights;
  /** What is entered at this moment. */
  held: RefObject<{ values: Values; revision: number }>;
  /** Changes when something is entered. */
  revision: number;
  evaluate: Evaluate | null;
}
interface Known {
  answer: Evaluation | null;
  sentRowIds: Record<string, string[]>;
  /** Which revision of the values the answer is about. */
  sentRevision: number;
  error: unknown;
}
export interface EvaluationState extends Known {
  /** Ask at once, for the values as they are now. */
  now: () => Promise<Evaluation | null>;
}

const nothing: Known = { answer: null, sentRowIds: {}, sentRevision: -1, error: null };

export function useEvaluation({ entity, rights, held, revision, evaluate }: Options): EvaluationState {
  const [known, setKnown] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const ask = useCallback(async () => {
    if (evaluate === null) return null;
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const { values: sent, revision: sentRevision } = held.current;
    try {
      const answer = await evaluate(toWire(entity, rights, sent), mine.signal);
      if (!mine.signal.aborted) setKnown({ answer, sentRowIds: rowIds(entity, sent), sentRevision, error: null });
      return answer;
    } catch (error) {
      if (!mine.signal.aborted) setKnown((before) => ({ ...before, error }));
      return null;
    }
  }, [entity, rights, evaluate, held]);
  const now = useCallback(() => {
    // the question that was about to be asked is this one; asked once more it might come after the page is done
    clearTimeout(waiting.current);
    return ask();
  }, [ask]);

  useEffect(() => {
    const timer = setTimeout(() => void ask(), revision === 0 ? 0 : PAUSE);
    waiting.current = timer;
    return () => clearTimeout(timer);
  }, [ask, revision]);

  useEffect(() => () => running.current?.abort(), []);
  return { ...known, now };
}
