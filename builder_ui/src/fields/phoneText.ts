// Telephone numbers for reading.

const CHINESE = /^\+86(\d+)$/;
const MOBILE = /^(1\d{2})(\d{4})(\d{4})$/;
const FIXED = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/;

/** A number as it is dialled at home where that is known, else as it is kept. */
export function phoneText(kept: string): string {
  const [number = "", extension] = kept.split(";ext=");
  const more = extension === undefined ? "" : ` ext. ${extension}`;
  const home = CHINESE.exec(number)?.[1];
  if (home === undefined) return number + more;
  const mobile = MOBILE.exec(home);
  if (mobile !== null) return mobile.slice(1).join(" ") + more;
  const fixed = FIXED.exec(home);
  return (fixed === null ? number : `0${fixed[1]}-${fixed[2]}`) + more;
}
