// What somebody is entering: values, what the server makes of them while he types, and where the faults are.
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { Entity, Evaluation, Json, Rights, Values } from "../api/types";
import { byPlace, elsewhere, type Faults, type PlacedFault } from "./faults";
import type { LocalForm } from "./local/LocalForm";
import { type Computed, useComputed } from "./useComputed";
import { type EvaluationState, useEvaluation } from "./useEvaluation";
import { type Uploads, useUploads } from "./useUploads";
import { fromWire, localRowId, type RowValue, toWire } from "./wire";

export type Evaluate = (values: Values, signal: AbortSignal) => Promise<Evaluation>;

export interface EntryOptions {
  entity: Entity;
  rights: Rights;
  initial: Values;
  /** Null where the server has no evaluation; then faults are known when it refuses to save. */
  evaluate: Evaluate | null;
  /** Evaluates formulas here; without it all that is computed waits for the server. */
  local?: LocalForm | null;
  /** Error values for which values are missing at first, by JSON pointer. */
  failed?: Readonly<Record<string, string>>;
}

export interface Entry extends Computed {
  entity: Entity;
  rights: Rights;
  /** How often something was changed by hand. */
  revision: number;
  /** The fault to show at a place; `touchKey` names it independently of the order of rows. */
  faultAt: (pointer: string, touchKey: string) => string | null;
  /** Faults that belong to no field that is shown. */
  otherFaults: string[];
  evaluationError: unknown;
  change: (key: string, value: Json) => void;
  touch: (touchKey: string) => void;
  /** Show every fault from now on; the answer says what is wrong with what is there now. */
  attempt: () => Promise<Evaluation | null>;
  refuse: (faults: PlacedFault[]) => void;
  /** A row for a subform, as it is before anybody typed into it. */
  newRow: (subform: string) => RowValue;
  /** What may be sent, as it is at this moment, and which revision that is. */
  current: () => { revision: number; values: Values };
  /** What was there at first, in the same form. */
  wireAtFirst: () => Values;
  uploads: Uploads;
  /** True while something was entered that is nowhere but in this page. */
  isChanged: boolean;
}

interface State {
  values: Values;
  /** By touch key, the revision at which the person first left the field. */
  touched: ReadonlyMap<string, number>;
  isAttempted: boolean;
  refused: Faults;
  revision: number;
}
type Step =
  | { do: "change"; key: string; value: Json }
  | { do: "touch"; key: string }
  | { do: "attempt" }
  | { do: "refuse"; faults: Faults };

/** Faults below a field that was changed are out of date. */
function without(faults: Faults, key: string): Faults {
  if (faults.size === 0) return faults;
  return new Map([...faults].filter(([path]) => path.split("/")[1] !== key));
}

function reduce(state: State, step: Step): State {
  switch (step.do) {
    case "change":
      return {
        ...state,
        values: { ...state.values, [step.key]: step.value },
        refused: without(state.refused, step.key),
        revision: state.revision + 1,
      };
    case "touch":
      if (state.touched.has(step.key)) return state;
      return { ...state, touched: new Map([...state.touched, [step.key, state.revision]]) };
    case "attempt":
      return { ...state, isAttempted: true };
    case "refuse":
      return { ...state, isAttempted: true, refused: step.faults };
  }
}

function firstState({ entity, initial }: EntryOptions): State {
  return { values: fromWire(entity, initial), touched: new Map(), isAttempted: false, refused: new Map(), revision: 0 };
}

/** A reducer whose state can be read at once: what arrives while somebody waits must not wait for the next drawing. */
function useSteps(options: EntryOptions) {
  const [state, setState] = useState(() => firstState(options));
  const held = useRef(state);
  const dispatch = useCallback((step: Step) => {
    held.current = reduce(held.current, step);
    setState(held.current);
  }, []);
  return { state, held, dispatch };
}

/** What a person does with an entry. */
function useActs(dispatch: (step: Step) => void, now: EvaluationState["now"]) {
  const change = useCallback((key: string, value: Json) => dispatch({ do: "change", key, value }), [dispatch]);
  const touch = useCallback((key: string) => dispatch({ do: "touch", key }), [dispatch]);
  const refuse = useCallback(
    (faults: PlacedFault[]) => dispatch({ do: "refuse", faults: byPlace(faults) }),
    [dispatch],
  );
  const attempt = useCallback(async () => {
    const current = await now();
    dispatch({ do: "attempt" });
    return current;
  }, [dispatch, now]);
  return { change, touch, refuse, attempt };
}

const NONE = {};

export function useEntry(options: EntryOptions, conditional: ReadonlySet<string>): Entry {
  const { entity, rights, initial, evaluate, local = null, failed = NONE } = options;
  const { state, held, dispatch } = useSteps(options);
  const uploads = useUploads();
  const evaluation = useEvaluation({ entity, rights, held, revision: state.revision, evaluate });
  const { answer, sentRevision, now } = evaluation;

  const computed = useComputed({ entity, rights, local, held: state, evaluation, conditional, failed });
  const faults = useMemo(() => byPlace(answer?.errors ?? []), [answer]);
  const acts = useActs(dispatch, now);
  const { touched, isAttempted, refused, revision } = state;
  const shown = new Set(entity.fields.map((field) => field.key).filter((key) => !computed.isHidden(key)));
  return {
    entity,
    rights,
    ...computed,
    revision,
    faultAt: (pointer, touchKey) => {
      const own = refused.get(pointer);
      if (own !== undefined) return own;
      // an answer older than the touch may find fault with what was there before: showing it would make the page jump
      const isDue = isAttempted || sentRevision >= (touched.get(touchKey) ?? Number.POSITIVE_INFINITY);
      return isDue ? (faults.get(pointer) ?? null) : null;
    },
    otherFaults: [...elsewhere(refused, shown), ...(isAttempted ? elsewhere(faults, shown) : [])],
    evaluationError: evaluation.error,
    ...acts,
    newRow: (subform) => local?.newRow(subform) ?? { id: localRowId() },
    current: () => ({ revision: held.current.revision, values: toWire(entity, rights, held.current.values) }),
    wireAtFirst: () => toWire(entity, rights, initial),
    uploads,
    isChanged: revision > 0 || uploads.count > 0,
  };
}

const Entering = createContext<Entry | null>(null);
export const EntryProvider = Entering.Provider;

/** The entry that a field belongs to; null where it is shown by itself. */
export function useEntryAbove(): Entry | null {
  return useContext(Entering);
}

export function useCurrentEntry(): Entry {
  const entry = useContext(Entering);
  if (entry === null) throw new Error("useCurrentEntry needs an EntryProvider above it");
  return entry;
}
