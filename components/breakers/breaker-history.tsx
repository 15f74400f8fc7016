'use client';

import { useState } from 'react';
import { STATE_TONES, tableLabel } from '@/components/breakers/breaker-words';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import { countOf } from '@/components/ui/number-format';
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
import { BREAKER_STATE_LABELS, type BreakerChange, type Breakers } from '@/lib/shared/breaker';

/** The changes of the last 24 hours, newest first; built when somebody opens it. */
export function BreakerHistory({ data: { history, isHistoryCut, breakers } }: { data: Breakers }) {
  const [isOpen, setIsOpen] = useState(false);
  const labels = new Map(breakers.map((breaker) => [breaker.table, tableLabel(breaker)]));
  if (history.length === 0) {
    return <p className="min-h-6 text-muted text-sm">No breaker has changed in the last 24 hours.</p>;
  }
  const count = `${isHistoryCut ? 'The newest ' : ''}${countOf(history.length, 'change')}`;
  return (
    <Disclosure summary={`${count} in the last 24 hours`} isOpen={isOpen} onToggle={setIsOpen} isQuiet>
      {isOpen && (
        <Table caption="Changes of circuit breakers">
          <TableHead>
            <HeaderCell>Time</HeaderCell>
            <HeaderCell>Table</HeaderCell>
            <HeaderCell>State</HeaderCell>
            <HeaderCell>Why</HeaderCell>
            <HeaderCell>By</HeaderCell>
          </TableHead>
          <TableBody>
            {history.toReversed().map((change, place) => (
              <ChangeRow
                // biome-ignore lint/suspicious/noArrayIndexKey: one breaker may change twice within a millisecond.
                key={`${change.at} ${change.table} ${history.length - place}`}
                change={change}
                label={labels.get(change.table) ?? change.table}
              />
            ))}
          </TableBody>
        </Table>
      )}
    </Disclosure>
  );
}

function ChangeRow({
  change: { at, from, to, reason, by },
  label,
}: {
  change: BreakerChange;
  label: string;
}) {
  return (
    <TableRow>
      <RowHeaderCell>
        <Time value={at} precision="seconds" />
      </RowHeaderCell>
      <Cell>{label}</Cell>
      <Cell className="whitespace-nowrap">
        {from !== to && <span className="text-muted">{BREAKER_STATE_LABELS[from]} → </span>}
        <Badge tone={STATE_TONES[to]}>{BREAKER_STATE_LABELS[to]}</Badge>
      </Cell>
      <Cell className="min-w-64 break-words">{reason}</Cell>
      <Cell>{by ?? 'The breaker itself'}</Cell>
    </TableRow>
  );
}
