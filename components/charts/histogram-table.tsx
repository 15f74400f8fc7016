'use client';

import { useState } from 'react';
import type { TimeBar } from '@/components/charts/histogram';
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
import { Time } from '@/components/ui/time';

type Props = {
  caption: string;
  bars: readonly TimeBar[];
  timeZone: string;
  onSelect: (from: string, to: string) => void;
};

/** The bars that are not empty, in numbers; each leads to its time. Built when somebody opens it. */
export function HistogramTable({ caption, bars, timeZone, onSelect }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Disclosure summary="Show as a table" isOpen={isOpen} onToggle={setIsOpen} isQuiet>
      {isOpen && (
        <Table caption={`${caption}, as a table`}>
          <TableHead>
            <HeaderCell>From</HeaderCell>
            <HeaderCell align="end">Events</HeaderCell>
            <HeaderCell align="end">Failures</HeaderCell>
            <HeaderCell>Time</HeaderCell>
          </TableHead>
          <TableBody>
            {bars
              .filter(({ count }) => count > 0)
              .map(({ from, to, count, failures, isPartial }) => (
                <TableRow key={from}>
                  <RowHeaderCell>
                    <Time value={from} timeZone={timeZone} />
                  </RowHeaderCell>
                  <Cell align="end">
                    {formatCount(count)}
                    {isPartial && ' so far'}
                  </Cell>
                  <Cell align="end">{formatCount(failures)}</Cell>
                  <Cell>
                    <Button size="small" onClick={() => onSelect(from, to)}>
                      Show only this
                    </Button>
                  </Cell>
                </TableRow>
              ))}
          </TableBody>
        </Table>
      )}
    </Disclosure>
  );
}
