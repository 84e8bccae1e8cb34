// Places of which nothing is known, as their input or what they are computed from cannot be read.

export function headOf(path: string): string {
  const dot = path.indexOf(".");
  return dot === -1 ? path : path.slice(0, dot);
}

/** JSON pointers of fields (`/budget`, `/lines`) and of cells (`/lines/0/qty`). */
export class Unread {
  readonly #pointers: Set<string>;
  /** The fields concerned, and the columns (`lines`, `lines.qty`). */
  readonly paths = new Set<string>();

  constructor(pointers: Iterable<string>) {
    this.#pointers = new Set();
    for (const pointer of pointers) this.add(pointer);
  }

  add(pointer: string): void {
    this.#pointers.add(pointer);
    const [key = "", , column] = pointer.slice(1).split("/");
    this.paths.add(key);
    if (column !== undefined) this.paths.add(`${key}.${column}`);
  }

  has(pointer: string): boolean {
    return this.#pointers.has(pointer);
  }

  /** Whether the value of a field or of any cell of a column is not known. */
  holds(path: string): boolean {
    return this.#pointers.size > 0 && (this.paths.has(path) || this.#pointers.has(`/${headOf(path)}`));
  }

  holdsAny(paths: readonly string[]): boolean {
    return this.#pointers.size > 0 && paths.some((path) => this.holds(path));
  }

  /** Whether a formula of the row at a pointer cannot be told; `columns`: those that the row has itself. */
  holdsForRow(row: string, references: readonly string[], columns: ReadonlySet<string>): boolean {
    if (this.#pointers.size === 0) return false;
    return references.some((path) => (columns.has(path) ? this.#pointers.has(`${row}/${path}`) : this.holds(path)));
  }
}
