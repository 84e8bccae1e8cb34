// The server counts code points, the editor UTF-16 units: "𠮷" is one of the former and two of the latter.

/** The position in UTF-16 units of the code point `points`; past the end it is the end. */
export function toUnits(text: string, points: number): number {
  let units = 0;
  let left = points;
  for (const character of text) {
    if (left <= 0) break;
    units += character.length;
    left -= 1;
  }
  return units;
}
