import { DELIMITERS } from '@/lib/shared/csv-delimiter';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/shared/csv-line';
import { safeCell } from '@/lib/shared/formula-cell';

type Columns = {
  /** Of the person's own file. */
  columns: readonly string[];
  /** As the file has it; a comma where it has none. */
  delimiter: string | null;
  /** What we write beside them. */
  ours: readonly string[];
};

/** A row as in the person's file, and what we say about it, in the order of our columns. */
export type RowToCorrect = { cells: readonly string[]; notes: readonly string[] };

/** Rows to be corrected and sent again, as CSV in their own columns with ours beside them; formulas are made safe. */
export async function* correctionText(
  { columns, delimiter, ours }: Columns,
  rows: AsyncIterable<RowToCorrect[]>,
): AsyncGenerator<string> {
  const between = DELIMITERS.find((known) => known === delimiter) ?? ',';
  // A corrected file that comes back in part brings our columns itself; they are written anew.
  const own = columns.flatMap((name, position) => (ours.includes(name) ? [] : [{ name, position }]));
  const header = [...own.map(({ name }) => safeCell(name)), ...ours];
  yield BYTE_ORDER_MARK + csvLine(header, between);
  for await (const group of rows) {
    yield group
      .map(({ cells, notes }) => {
        const texts = own.map(({ position }) => cells[position] ?? '');
        return csvLine([...texts, ...notes].map(safeCell), between);
      })
      .join('');
  }
}
