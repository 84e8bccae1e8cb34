// Asks the server what it makes of the values: shortly after the last key, and never believing an overtaken answer.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Entity, Evaluation, Rights, Values } from "../api/types";
import { useLatest } from "../ui/useLatest";
import type { Evaluate } from "./entry";
import { rowIds, toWire } from "./wire";

const PAUSE = 300;

interface Options {
  entity: Entity;
  rights: Rights;
  values: Values;
  evaluate: Evaluate | null;
}
interface Known {
  answer: Evaluation | null;
  sentRowIds: Record<string, string[]>;
  error: unknown;
}
export interface EvaluationState extends Known {
  /** Ask at once, for the values as they are now. */
  now: () => Promise<Evaluation | null>;
}

const nothing: Known = { answer: null, sentRowIds: {}, error: null };

export function useEvaluation({ entity, rights, values, evaluate }: Options): EvaluationState {
  const [known, setKnown] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  const isFirst = useRef(true);
  const latest = useLatest(values);

  const ask = useCallback(
    async (sent: Values) => {
      if (evaluate === null) return null;
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      try {
        const answer = await evaluate(toWire(entity, rights, sent), mine.signal);
        if (!mine.signal.aborted) setKnown({ answer, sentRowIds: rowIds(entity, sent), error: null });
        return answer;
      } catch (error) {
        if (!mine.signal.aborted) setKnown((before) => ({ ...before, error }));
        return null;
      }
    },
    [entity, rights, evaluate],
  );
  const now = useCallback(() => ask(latest.current), [ask, latest]);

  useEffect(() => {
    const timer = setTimeout(() => void ask(values), isFirst.current ? 0 : PAUSE);
    isFirst.current = false;
    return () => clearTimeout(timer);
  }, [ask, values]);

  useEffect(() => () => running.current?.abort(), []);
  return { ...known, now };
}
