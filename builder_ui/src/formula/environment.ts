// What an evaluation may ask for: values by path, the time, the working calendars, and a budget of steps.
import { NO_CALENDARS, type WorkCalendars } from "./calendars";
import type { Moment } from "./days";
import { BudgetExceeded, type FormulaValue } from "./values";

export const STEPS = 100_000;

/** `now` and the moments that a look-up yields are clocks on the wall of the workspace. */
export interface Env {
  readonly now: Moment;
  readonly zone: string;
  readonly calendars: WorkCalendars;
  lookup: (path: string) => FormulaValue;
  /** Count work; throws `BudgetExceeded`. */
  spend: (steps: number) => void;
}

/** Steps that may still be taken by all formulas of a record together. */
export interface Pool {
  left: number;
}

export interface Surroundings {
  now: Moment;
  zone: string;
  calendars?: WorkCalendars;
  steps?: number;
  /** Shared with other environments. */
  pool?: Pool;
}

/** An environment whose budget all formulas run with it share. */
export function environment(lookup: (path: string) => FormulaValue, given: Surroundings): Env {
  const budget = given.steps ?? STEPS;
  let left = budget;
  return {
    now: given.now,
    zone: given.zone,
    calendars: given.calendars ?? NO_CALENDARS,
    lookup,
    spend: (steps) => {
      left -= steps;
      if (given.pool !== undefined) given.pool.left -= steps;
      if (left < 0 || (given.pool?.left ?? 0) < 0) throw new BudgetExceeded(budget);
    },
  };
}
