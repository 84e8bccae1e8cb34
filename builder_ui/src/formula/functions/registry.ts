// How a function is written down: what it computes from its converted arguments, and whether it wants the environment.
import type { Env } from "../environment";
import { Fault, type FormulaValue } from "../values";

/** An argument that is evaluated only if it is needed. */
export type Thunk = () => FormulaValue;

export type Given = FormulaValue | Thunk;
/** `takesErrors`: an argument that ends in an error is handed over as a text. */
export interface Call {
  (env: Env, given: readonly Given[]): FormulaValue;
  takesErrors?: true;
}
export type FunctionTable = Readonly<Record<string, Call>>;

/**
 * A function of its arguments alone. What they are, the tree says (`takes`), and the server checked it: this is the
 * one place where that is taken for granted.
 */
export function plain<Arguments extends readonly never[]>(call: (...given: Arguments) => FormulaValue): Call {
  const computed = call as unknown as (...given: readonly Given[]) => FormulaValue;
  return (_env, given) => computed(...given);
}

/** A function of its arguments alone, for which an argument that ends in an error is a text. */
export function tolerant<Arguments extends readonly never[]>(call: (...given: Arguments) => FormulaValue): Call {
  return Object.assign(plain(call), { takesErrors: true as const });
}

/** A function that also asks the environment. */
export function asking<Arguments extends readonly never[]>(
  call: (env: Env, ...given: Arguments) => FormulaValue,
): Call {
  const computed = call as unknown as (env: Env, ...given: readonly Given[]) => FormulaValue;
  return (env, given) => computed(env, ...given);
}

/** The value of a lazy argument, or the fault that it ended with. */
export function valueOrFault(thunk: Thunk): FormulaValue | Fault {
  try {
    return thunk();
  } catch (caught) {
    if (caught instanceof Fault) return caught;
    throw caught;
  }
}
