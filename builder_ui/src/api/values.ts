// Values of records and texts of definitions in JSON form.

export type Language = "zh-CN" | "en";
/** A text as authored: the same in every language, or one for each. */
export type Label = string | { "zh-CN": string; en: string };
export type Json = boolean | number | string | null | Json[] | { [key: string]: Json };
export type Values = Record<string, Json>;
export type Right = "hidden" | "read" | "write" | "required";
/** By path: `budget`, `lines`, `lines.price`. */
export type Rights = Record<string, Right>;
