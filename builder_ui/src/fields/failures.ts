// Why a formula has no value, by its error value.

const REASONS = {
  "#DIV/0!": "fields.failed.div",
  "#VALUE!": "fields.failed.value",
  "#NUM!": "fields.failed.num",
  "#N/A": "fields.failed.na",
  "#REF!": "fields.failed.ref",
  "#CYCLE!": "fields.failed.cycle",
} as const;

/** The key of the text; a code that a newer server sends is told as one of the wrong kind. */
export function reasonOf(code: string): (typeof REASONS)[keyof typeof REASONS] {
  const found = Object.entries(REASONS).find(([known]) => known === code);
  return found?.[1] ?? REASONS["#VALUE!"];
}
