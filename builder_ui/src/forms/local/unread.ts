// Places of which nothing is known, as their input or what they are computed from cannot be read.

export function headOf(path: string): string {
  const dot = path.indexOf(".");
  return dot === -1 ? path : path.slice(0, dot);
}

/** The column of a part of its cells: `lines.period` for `lines.period.start`; other paths as they are. */
function cellOf(path: string): string {
  const [key, column, part] = path.split(".");
  return part === undefined ? path : `${key}.${column}`;
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
    if (this.#pointers.size === 0) return false;
    return this.paths.has(path) || this.paths.has(cellOf(path)) || this.#pointers.has(`/${headOf(path)}`);
  }

  holdsAny(paths: readonly string[]): boolean {
    return this.#pointers.size > 0 && paths.some((path) => this.holds(path));
  }

  /** Whether a formula of the row at a pointer cannot be told; `columns`: those that the row has itself. */
  holdsForRow(row: string, references: readonly string[], columns: ReadonlySet<string>): boolean {
    if (this.#pointers.size === 0) return false;
    return references.some((path) => {
      const key = headOf(path);
      return columns.has(key) ? this.#pointers.has(`${row}/${key}`) : this.holds(path);
    });
  }
}
