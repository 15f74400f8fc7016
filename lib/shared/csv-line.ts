import type { Delimiter } from '@/lib/shared/csv-delimiter';

/** Excel takes a CSV file for UTF-8 only where it begins with this mark. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Any delimiter counts, so that the one of the file is told from what is outside quotes. */
const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/;

/** One line of CSV (RFC 4180, section 2), with its line end. */
export function csvLine(cells: readonly string[], delimiter: Delimiter = ','): string {
  const written = cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(delimiter)}\r\n`;
}
