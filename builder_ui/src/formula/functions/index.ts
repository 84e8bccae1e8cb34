// The functions of the formula language by main name, one group a file.
import { AGGREGATE } from "./aggregate";
import { CHARACTERS } from "./characters";
import { CONDITIONAL } from "./conditional";
import { CONVERSION } from "./conversion";
import { DATES } from "./dates";
import { FINANCE } from "./finance";
import { GEOMETRY } from "./geometry";
import { LOGIC } from "./logic";
import { LOOKUP } from "./lookup";
import { MATHS } from "./maths";
import { MONEY } from "./money";
import { NUMERALS } from "./numerals";
import { PERIODS } from "./periods";
import type { FunctionTable } from "./registry";
import { ROUNDING } from "./rounding";
import { STATISTICS } from "./statistics";
import { TEXT } from "./text";
import { TIMES } from "./times";

export const FUNCTIONS: FunctionTable = {
  ...LOGIC,
  ...LOOKUP,
  ...MATHS,
  ...ROUNDING,
  ...NUMERALS,
  ...AGGREGATE,
  ...CONDITIONAL,
  ...STATISTICS,
  ...TEXT,
  ...CHARACTERS,
  ...CONVERSION,
  ...MONEY,
  ...DATES,
  ...TIMES,
  ...PERIODS,
  ...FINANCE,
  ...GEOMETRY,
};
