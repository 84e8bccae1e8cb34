// The typed tree of a formula as the server sends it.
import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type WireFormula = Schemas["WireFormula"];
export type WireNode = WireFormula["tree"];
export type WireConstant = Schemas["WireConstant"];
export type WireUnary = Schemas["WireUnary"];
export type WireBinary = Schemas["WireBinary"];
export type WireCall = Schemas["WireCall"];

export type KindName = WireConstant["kind"];
export type ParameterKind = WireCall["takes"][number];
