'use client';

import { useState } from 'react';
import { formatElapsed, type Step } from '@/components/charts/step-points';
import { Disclosure } from '@/components/ui/disclosure';
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
    <Disclosure summary="Show as a table" isOpen={isOpen} onToggle={setIsOpen} isQuiet>
      {isOpen && <Numbers caption={caption} series={series} />}
    </Disclosure>
  );
}

function Numbers({ caption, series }: Props) {
  const [first] = series;
  return (
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
  );
}
