// What is computed from an entry: here and at once, then confirmed by the server, whose word counts.
import { useEffect, useMemo, useRef } from "react";
import type { Entity, Evaluation, Rights, Values } from "../api/types";
import type { LocalEvaluation, LocalForm } from "./local/LocalForm";
import { disagreements, withLocal } from "./local/merging";
import type { EvaluationState } from "./useEvaluation";
import { withComputed } from "./wire";

interface Options {
  entity: Entity;
  rights: Rights;
  local: LocalForm | null;
  /** What is entered, and how often something was changed. */
  held: { values: Values; revision: number };
  evaluation: EvaluationState;
  /** Error values for which values were missing at first, by JSON pointer. */
  failed: Readonly<Record<string, string>>;
  /** Fields under a condition, taken as hidden as long as nobody knows. */
  conditional: ReadonlySet<string>;
}

export interface Computed {
  values: Values;
  isHidden: (key: string) => boolean;
  isRequired: (key: string) => boolean;
  /** The error value in which the formula at a pointer ends. */
  failedAt: (pointer: string) => string | null;
}

/** The server's answer for exactly these values says all; one for earlier values says what is not computed here. */
function isConfirmed({ answer, sentRevision }: EvaluationState, revision: number): boolean {
  return answer !== null && sentRevision === revision;
}

function serverHides(answer: Evaluation | null, conditional: ReadonlySet<string>, key: string): boolean {
  return answer === null ? conditional.has(key) : answer.hidden.includes(key);
}

export function useComputed(options: Options): Computed {
  const { entity, rights, local, held, evaluation, conditional, failed } = options;
  const { answer, sentRowIds } = evaluation;
  const isSure = isConfirmed(evaluation, held.revision);
  const evaluated = useMemo(
    () => (local === null ? null : tried(local, held.values, (key) => !serverHides(answer, conditional, key))),
    [local, held.values, answer, conditional],
  );
  const values = useMemo(() => {
    const known = answer === null ? held.values : withComputed(entity, held.values, sentRowIds, answer.values);
    return evaluated === null || isSure ? known : withLocal(entity, known, evaluated);
  }, [answer, sentRowIds, held.values, entity, evaluated, isSure]);
  useWarning(isSure ? evaluated : null, evaluation);
  const isHidden = (key: string) => {
    if (rights[key] === "hidden") return true;
    const shown = isSure ? undefined : evaluated?.shown.get(key);
    return shown === undefined ? serverHides(answer, conditional, key) : !shown;
  };
  return {
    values,
    isHidden,
    isRequired: (key) => {
      // of a field that came into view meanwhile the answer says nothing
      const isAnswered = answer !== null && !(answer.hidden.includes(key) && !isHidden(key));
      return isAnswered ? answer.required.includes(key) : isDeclared(entity, rights, key);
    },
    failedAt: (pointer) => failureAt(pointer, { here: isSure ? null : evaluated, answer, isSure, atFirst: failed }),
  };
}

function isDeclared(entity: Entity, rights: Rights, key: string): boolean {
  if (rights[key] === "required") return true;
  const field = entity.fields.find((candidate) => candidate.key === key);
  return field !== undefined && "required" in field && field.required === true;
}

/** What is computed here; nothing if that breaks, for the server computes too. */
function tried(local: LocalForm, values: Values, isShown: (key: string) => boolean): LocalEvaluation | null {
  try {
    return local.evaluate(values, isShown);
  } catch (failure) {
    // biome-ignore lint/suspicious/noConsole: for developers only
    if (import.meta.env.DEV) console.error(failure);
    return null;
  }
}

interface Told {
  /** What was computed here, as long as the server has not confirmed it. */
  here: LocalEvaluation | null;
  answer: Evaluation | null;
  isSure: boolean;
  atFirst: Readonly<Record<string, string>>;
}

function failureAt(pointer: string, { here, answer, isSure, atFirst }: Told): string | null {
  const [key = "", , column] = pointer.slice(1).split("/");
  const path = column === undefined ? key : `${key}.${column}`;
  if (here?.renewed.has(path)) return here.failed.get(pointer) ?? null;
  if (here?.fields.has(path) || here?.cells.has(path)) return atFirst[pointer] ?? null;
  // the rows of an earlier answer may have moved
  if (answer !== null && column !== undefined && !isSure) return null;
  return (answer?.failed ?? atFirst)[pointer] ?? null;
}

/** Tell developers where this page and the server came to different values; that should never be. */
function useWarning(evaluated: LocalEvaluation | null, { answer, sentRowIds }: EvaluationState): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (!import.meta.env.DEV || evaluated === null || answer === null) return;
    for (const { path, here, server } of disagreements(evaluated, answer, sentRowIds)) {
      if (told.current.has(path)) continue;
      told.current.add(path);
      // biome-ignore lint/suspicious/noConsole: for developers only
      console.warn(`${path}: computed here ${JSON.stringify(here)}, by the server ${JSON.stringify(server)}`);
    }
  }, [evaluated, answer, sentRowIds]);
}
