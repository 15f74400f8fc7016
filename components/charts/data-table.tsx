'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { useChartTime } from '@/components/charts/chart-time';
import { csvOf, type DataColumn, type DataRow } from '@/components/charts/data-csv';
import { saveText } from '@/components/charts/save-text';
import { dayClockText } from '@/components/charts/zone-time';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { formatCount } from '@/components/ui/number-format';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';

type Props = {
  caption: string;
  columns: readonly DataColumn[];
  /** Built only when somebody opens the table or takes the file. */
  rows: () => readonly DataRow[];
};

/** A page cannot hold more rows well; the file has all of them. */
const MAX_ROWS = 1000;

/** The numbers behind charts: as a table, and as a CSV file. */
export function DataTable({ caption, columns, rows }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="relative">
      <Disclosure summary="Show as a table" isOpen={isOpen} onToggle={setIsOpen} isQuiet>
        {isOpen && <Numbers caption={caption} columns={columns} rows={rows()} />}
      </Disclosure>
      <Button
        variant="ghost"
        size="small"
        className="absolute top-0 right-0 h-6 text-muted"
        aria-label={`Download ${caption} as CSV`}
        onClick={() => saveText(csvOf(columns, rows()), fileNameOf(caption))}
      >
        <Download aria-hidden className="size-3.5" /> CSV
      </Button>
    </div>
  );
}

function Numbers({ caption, columns, rows }: Omit<Props, 'rows'> & { rows: readonly DataRow[] }) {
  const { timeZone } = useChartTime();
  return (
    <>
      <Table caption={`${caption}, as a table`}>
        <TableHead>
          <HeaderCell>Time</HeaderCell>
          {columns.map(({ label }) => (
            <HeaderCell key={label} align="end">
              {label}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {rows.slice(0, MAX_ROWS).map(({ key, atMs, cells }) => (
            <TableRow key={key ?? atMs}>
              <RowHeaderCell className="whitespace-nowrap">{dayClockText(atMs, timeZone)}</RowHeaderCell>
              {columns.map((column, index) => (
                <Cell key={column.label} align="end">
                  {cellText(cells[index], column)}
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rows.length > MAX_ROWS && (
        <p className="mt-1 text-muted text-sm">
          The first {formatCount(MAX_ROWS)} of {formatCount(rows.length)} rows; the CSV file has all of them.
        </p>
      )}
    </>
  );
}

function cellText(cell: string | number | null | undefined, { format = formatCount }: DataColumn): string {
  if (cell === null || cell === undefined) return '–';
  return typeof cell === 'number' ? format(cell) : cell;
}

const fileNameOf = (caption: string) => `${caption.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`;
