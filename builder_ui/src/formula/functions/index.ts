// The functions of the formula language by main name, one group a file.
import { AGGREGATE } from "./aggregate";
import { DATES } from "./dates";
import { LOGIC } from "./logic";
import { MATHS } from "./maths";
import { MONEY } from "./money";
import type { FunctionTable } from "./registry";
import { TEXT } from "./text";

export const FUNCTIONS: FunctionTable = { ...LOGIC, ...MATHS, ...AGGREGATE, ...TEXT, ...MONEY, ...DATES };
