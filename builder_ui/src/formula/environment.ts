// What an evaluation may ask for: values by path, the time, the working calendar, and a budget of steps.
import type { Day, Moment } from "./days";
import { BudgetExceeded, type FormulaValue } from "./values";

export const STEPS = 100_000;

/** Which days are worked. */
export interface WorkCalendar {
  isWorkday: (day: Day) => boolean;
}

/** `now` and the moments that a look-up yields are clocks on the wall of the workspace. */
export interface Env {
  readonly now: Moment;
  readonly zone: string;
  readonly calendar?: WorkCalendar | undefined;
  lookup: (path: string) => FormulaValue;
  /** Count work; throws `BudgetExceeded`. */
  spend: (steps: number) => void;
}

export interface Surroundings {
  now: Moment;
  zone: string;
  calendar?: WorkCalendar | undefined;
  steps?: number;
}

/** An environment whose budget all formulas run with it share. */
export function environment(lookup: (path: string) => FormulaValue, given: Surroundings): Env {
  const budget = given.steps ?? STEPS;
  let left = budget;
  return {
    now: given.now,
    zone: given.zone,
    calendar: given.calendar,
    lookup,
    spend: (steps) => {
      left -= steps;
      if (left < 0) throw new BudgetExceeded(budget);
    },
  };
}
