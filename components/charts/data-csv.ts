import { csvLine } from '@/lib/shared/csv-line';
import { safeCell } from '@/lib/shared/formula-cell';

/** `format` is for people; files keep the number. */
export type DataColumn = { label: string; format?: (amount: number) => string };

/** What charts show of one slot: a cell per column, null where there is nothing to say. */
export type DataRow = { key?: string; atMs: number; cells: readonly (string | number | null)[] };

/** The numbers as CSV, times as instants. */
export function csvOf(columns: readonly DataColumn[], rows: readonly DataRow[]): string {
  const head = csvLine(['Time', ...columns.map(({ label }) => label)]);
  const lines = rows.map(({ atMs, cells }) =>
    csvLine([new Date(atMs).toISOString(), ...cells.map((cell) => safeCell(String(cell ?? '')))]),
  );
  return [head, ...lines].join('');
}
