// The server's time: the clock of the machine that shows the page may be wrong.

let ahead = 0;

/** Take over the time at which an answer was made that brings formulas. */
export function timed<View extends { formulas: { now: string } | null }>(view: View): View {
  const told = Date.parse(view.formulas?.now ?? "");
  if (!Number.isNaN(told)) ahead = told - Date.now();
  return view;
}

/** Milliseconds since 1970, as the server counts them. */
export function serverNow(): number {
  return Date.now() + ahead;
}
