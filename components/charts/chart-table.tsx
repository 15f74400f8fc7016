'use client';

import { useState } from 'react';
import { formatElapsed, type Step } from '@/components/charts/step-points';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';

type Props = { caption: string; series: readonly { label: string; steps: readonly Step[] }[] };

/** The numbers behind a chart; built when somebody opens it. */
export function ChartTable({ caption, series }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)} className="text-sm">
      <summary className="inline-flex min-h-6 items-center text-muted hover:text-ink">
        Show as a table
      </summary>
      {isOpen && <Numbers caption={caption} series={series} />}
    </details>
  );
}

function Numbers({ caption, series }: Props) {
  const [first] = series;
  return (
    <div className="mt-2">
      <Table caption={`${caption}, as a table`}>
        <TableHead>
          <HeaderCell>Time from the start</HeaderCell>
          {series.map(({ label }) => (
            <HeaderCell key={label} align="end">
              {label}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {first?.steps.map(({ fromSeconds, toSeconds }, index) => (
            <TableRow key={fromSeconds}>
              <RowHeaderCell>
                {formatElapsed(fromSeconds)}–{formatElapsed(toSeconds)}
              </RowHeaderCell>
              {series.map(({ label, steps }) => (
                <Cell key={label} align="end">
                  {(steps[index]?.value ?? 0).toLocaleString('en', { maximumFractionDigits: 1 })}
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
