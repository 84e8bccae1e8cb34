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

export function useEvaluation({ entity, rights, values, revision, evaluate }: Options): EvaluationState {
  const [known, setKnown] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isFirst = useRef(true);
  const latest = useLatest({ values, revision });

  const ask = useCallback(
    async (sent: Values, sentRevision: number) => {
      if (evaluate === null) return null;
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      try {
        const answer = await evaluate(toWire(entity, rights, sent), mine.signal);
        if (!mine.signal.aborted) setKnown({ answer, sentRowIds: rowIds(entity, sent), sentRevision, error: null });
        return answer;
      } catch (error) {
        if (!mine.signal.aborted) setKnown((before) => ({ ...before, error }));
        return null;
      }
    },
    [entity, rights, evaluate],
  );
  const now = useCallback(() => {
    // the question that was about to be asked is this one; asked once more it might come after the page is done
    clearTimeout(waiting.current);
    return ask(latest.current.values, latest.current.revision);
  }, [ask, latest]);

  useEffect(() => {
    const timer = setTimeout(() => void ask(values, revision), isFirst.current ? 0 : PAUSE);
    waiting.current = timer;
    isFirst.current = false;
    return () => clearTimeout(timer);
  }, [ask, values, revision]);

  useEffect(() => () => running.current?.abort(), []);
  return { ...known, now };
}
