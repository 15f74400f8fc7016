import { UPLOAD_LIMITS } from '@/lib/shared/batch';

/** Longest name of a column that a mapping can refer to. */
export const COLUMN_NAME_LENGTH = 200;

/** The columns that our files of rejected rows have beside the columns of the person's own file. */
export const REJECTED_COLUMNS = ['error_code', 'error', 'field'] as const;

/** The columns that our files of failed items have; the last one names the item, so that its correction replaces it. */
export const FAILED_ITEM_COLUMN = 'failed_item';
export const FAILED_COLUMNS = [...REJECTED_COLUMNS, FAILED_ITEM_COLUMN] as const;

type Header = { columns: string[] } | { problem: string; isTooLarge?: boolean };

/**
 * The column names of a header row: trimmed, without empty cells at its end; an empty one in between is called by its
 * position. Two columns of one name are a problem, because no mapping could tell them apart.
 */
export function columnsOfHeader(cells: readonly string[]): Header {
  const names = withoutEmptyEnd(cells.map((cell) => cell.trim())).map(
    (name, position) => name || `Column ${position + 1}`,
  );
  if (names.length > UPLOAD_LIMITS.columns) {
    return { problem: `The header has ${names.length} columns`, isTooLarge: true };
  }
  const long = names.findIndex((name) => name.length > COLUMN_NAME_LENGTH);
  if (long >= 0) {
    return {
      problem: `The name of column ${long + 1} has more than ${COLUMN_NAME_LENGTH} characters: is the first row a header?`,
    };
  }
  const second = names.findIndex((name, position) => names.indexOf(name) < position);
  const name = names[second];
  if (name === undefined) return { columns: names };
  const first = names.indexOf(name);
  return {
    problem: `Columns ${first + 1} and ${second + 1} of the header are both called "${name}": rename one`,
  };
}

/** Cells of a row as wide as its header where only empty cells make the difference, or else what is wrong with it. */
export function fittedCells(cells: string[], width: number): { cells: string[]; problem?: string } {
  const fitted = cells.length > width ? withoutEmptyEnd(cells, width) : cells;
  if (fitted.length === width) return { cells: fitted };
  return {
    cells: fitted,
    problem: `This row has ${counted(fitted.length)}, the header has ${width}: check for a missing quote or delimiter`,
  };
}

function withoutEmptyEnd(cells: string[], atLeast = 0): string[] {
  let length = cells.length;
  while (length > atLeast && cells[length - 1]?.trim() === '') length--;
  return cells.slice(0, length);
}

function counted(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`;
}
