// From the typed tree of a formula to a function of an environment.
import { compare, inCalendar, toBoolean, toDay, toMoment, toNumber, toText, wholeOf } from "./coercion";
import { Day, MICROSECONDS_A_DAY, Moment } from "./days";
import { add, type Decimal, decimal, divide, HUNDRED, minus, multiply, narrow, subtract, toWhole } from "./decimal";
import type { Env } from "./environment";
import { FUNCTIONS } from "./functions";
import { power } from "./functions/maths";
import type { Given } from "./functions/registry";
import { limited } from "./functions/text";
import {
  answer,
  cell,
  Fault,
  type FormulaResult,
  type FormulaScalar,
  type FormulaValue,
  isList,
  omitted,
  single,
} from "./values";
import type { ParameterKind, WireBinary, WireCall, WireConstant, WireNode, WireUnary } from "./wire";

type Closure = (env: Env) => FormulaValue;

const LETTERS_A_STEP = 32; // of a text that a function is given

/** A formula ready to run: the value, or an error value; throws only `BudgetExceeded`. */
export type Prepared = (env: Env) => FormulaResult;

/** The tree names a function that this interpreter lacks: the page is older than the server. */
export class UnknownFunction extends Error {
  constructor(name: string) {
    super(name);
    this.name = "UnknownFunction";
  }
}

export function prepare(tree: WireNode): Prepared {
  const run = closure(tree);
  return (env) => {
    try {
      return run(env);
    } catch (caught) {
      if (caught instanceof Fault) return caught.error;
      throw caught;
    }
  };
}

function closure(node: WireNode): Closure {
  switch (node.type) {
    case "constant": {
      const value = constant(node);
      return () => value;
    }
    case "reference": {
      const { path } = node;
      if (node.is_list || !path.includes(".")) return (env) => env.lookup(path);
      // what lies inside of a field that is empty is nothing, and not a list of nothing
      return (env) => {
        const value = env.lookup(path);
        return isList(value) && value.length === 0 ? null : value;
      };
    }
    case "unary":
      return unary(node);
    case "binary":
      return binary(node);
    case "call":
      return call(node);
  }
}

function constant(node: WireConstant): FormulaScalar {
  return node.kind === "number" && typeof node.value === "string" ? narrow(decimal(node.value)) : node.value;
}

function unary(node: WireUnary): Closure {
  const run = closure(node.operand);
  switch (node.operator) {
    case "-":
      return (env) => minus(toNumber(run(env)));
    case "%":
      return (env) => divide(toNumber(run(env)), HUNDRED);
    case "+":
      return run;
  }
}

type Arithmetic = (left: Decimal, right: Decimal) => Decimal;

const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "^": power,
};
const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

function binary(node: WireBinary): Closure {
  const [left, right] = [closure(node.left), closure(node.right)];
  const apply = ARITHMETIC[node.operator];
  if (apply !== undefined) {
    // a day less a day is a number, even if one of them is empty
    return node.kind === "number" ? onNumbers(apply, left, right) : onValues(node.operator, left, right);
  }
  const test = COMPARISONS[node.operator];
  if (test !== undefined) return (env) => test(compare(left(env), right(env)));
  return (env) => limited(toText(left(env)) + toText(right(env)));
}

/** Both operands are evaluated before one is converted: an error in either comes first. */
function onNumbers(apply: Arithmetic, left: Closure, right: Closure): Closure {
  return (env) => {
    const [first, second] = [left(env), right(env)];
    return apply(toNumber(first), toNumber(second));
  };
}

function isTime(value: FormulaValue): value is Day | Moment {
  return value instanceof Day || value instanceof Moment;
}

function onValues(operator: string, left: Closure, right: Closure): Closure {
  const apply = ARITHMETIC[operator] ?? add;
  const moves = operator === "+" || operator === "-";
  return (env) => {
    const [first, second] = [left(env), right(env)];
    if (moves && isTime(first) && !isTime(second)) {
      return moved(first, operator === "+" ? toNumber(second) : minus(toNumber(second)));
    }
    if (operator === "+" && isTime(second) && !isTime(first)) return moved(second, toNumber(first));
    return apply(toNumber(first), toNumber(second));
  };
}

function moved(value: Day | Moment, days: Decimal): Day | Moment {
  if (value instanceof Moment) {
    const microseconds = multiply(days, decimal(MICROSECONDS_A_DAY));
    if (microseconds.e > 20) throw Fault.NUM;
    return inCalendar(value.plus(wholeOf(microseconds)));
  }
  if (days.isInteger()) return inCalendar(value.plus(toWhole(days)));
  return toMoment(add(toNumber(value), days));
}

type Argument = (env: Env) => Given;

function call(node: WireCall): Closure {
  const computed = FUNCTIONS[node.name];
  if (computed === undefined) throw new UnknownFunction(node.name);
  const strict = node.arguments.map((argument, index) => converted(argument, node.takes[index] ?? "any"));
  const given = computed.takesErrors === true ? strict.map(withError) : strict;
  return (env) =>
    computed(
      env,
      given.map((argument) => argument(env)),
    );
}

function converted(node: WireNode, takes: ParameterKind): Argument {
  const run = closure(node);
  switch (takes) {
    case "number":
      return (env) => toNumber(run(env));
    case "text":
      return asText(run);
    case "boolean":
      return (env) => toBoolean(run(env));
    case "date":
      return (env) => toDay(run(env));
    case "any":
      return run;
    case "list":
      return asList(node, run);
    case "lazy":
      return (env) => () => run(env);
  }
}

function asText(run: Closure): Argument {
  return (env) => {
    const text = toText(run(env));
    if (text.length >= LETTERS_A_STEP) env.spend(Math.floor(text.length / LETTERS_A_STEP));
    return text;
  };
}

function singleOf(node: WireNode): typeof single {
  if (node.type !== "reference") return single;
  return node.kind === "boolean" ? answer : cell;
}

function asList(node: WireNode, run: Closure): Closure {
  const mayBeList = "is_list" in node && node.is_list;
  const alone = singleOf(node);
  const isOmitted = node.type === "constant" && node.value === null;
  return (env) => {
    const value = run(env);
    if (isList(value)) {
      env.spend(value.length);
      return value;
    }
    if (isOmitted) return omitted();
    return mayBeList && value === null ? [] : alone(value);
  };
}

/** An argument that ends in an error is a text that is no number. */
function withError(argument: Argument): Argument {
  return (env) => {
    try {
      return argument(env);
    } catch (caught) {
      if (caught instanceof Fault) return single(caught.error.code);
      throw caught;
    }
  };
}
