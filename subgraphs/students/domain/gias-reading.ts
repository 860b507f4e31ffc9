/** What reading a cell gave, and what looks wrong with it: a whole sentence that never repeats the cell. */
export interface Reading<Value> {
  readonly value: Value;
  readonly warning?: string;
}

/** What the register writes into a cell that says nothing. */
const NOTHING = /^(?:|n\/?a|none|not (?:applicable|recorded|known)|does not apply|unknown)$/i;

/** The cell's text, or null where the register says nothing. */
export const stated = (cell: string): string | null => (NOTHING.test(cell) ? null : cell);
