'use client';

import { countsText, STATE_TONES, tableLabel, untilText } from '@/components/breakers/breaker-words';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
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
import { useNow } from '@/components/ui/use-now';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useMay } from '@/lib/client/session-context';
import { BREAKER_STATE_LABELS, type Breaker, type Breakers } from '@/lib/shared/breaker';

type Props = { data: Breakers; onOverride: (table: string) => void };

/** One line for each table. */
export function BreakerTable({ data: { breakers, windowSeconds }, onOverride }: Props) {
  const mayOverride = useMay('breaker:override');
  return (
    <Table caption="The breaker of each table">
      <TableHead>
        <HeaderCell>Table</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Since</HeaderCell>
        <HeaderCell>Why</HeaderCell>
        <HeaderCell>Next probe</HeaderCell>
        <HeaderCell align="end">Writes in {windowSeconds} s</HeaderCell>
        {mayOverride && (
          <HeaderCell>
            <VisuallyHidden>Override</VisuallyHidden>
          </HeaderCell>
        )}
      </TableHead>
      <TableBody>
        {breakers.map((breaker) => (
          <BreakerRow
            key={breaker.table}
            breaker={breaker}
            onOverride={mayOverride ? () => onOverride(breaker.table) : undefined}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function BreakerRow({ breaker, onOverride }: { breaker: Breaker; onOverride: (() => void) | undefined }) {
  const { table, state, since, nextProbeAt, override, counts } = breaker;
  const isUntouched = state === 'closed' && breaker.reason === null;
  return (
    <TableRow>
      <RowHeaderCell>
        <span title={table}>{tableLabel(breaker)}</span>
      </RowHeaderCell>
      <Cell>
        <span className="flex gap-1 whitespace-nowrap">
          <Badge tone={STATE_TONES[state]}>{BREAKER_STATE_LABELS[state]}</Badge>
          {override && <Badge>Held</Badge>}
        </span>
      </Cell>
      <Cell>{isUntouched ? <Nothing /> : <Time value={since} precision="seconds" />}</Cell>
      <Cell className="max-w-96 min-w-64 break-words">
        <Why breaker={breaker} />
      </Cell>
      <Cell className="min-w-20">{nextProbeAt ? <NextProbe at={nextProbeAt} /> : <Nothing />}</Cell>
      <Cell align="end" className="min-w-32 whitespace-nowrap">
        {countsText(counts)}
      </Cell>
      {onOverride && (
        <Cell align="end">
          <Button size="small" onClick={onOverride} className="whitespace-nowrap">
            {override ? 'Let go…' : 'Override…'}
            <VisuallyHidden>: {tableLabel(breaker)}</VisuallyHidden>
          </Button>
        </Cell>
      )}
    </TableRow>
  );
}

function Why({ breaker: { override, reason, state } }: { breaker: Breaker }) {
  if (override) {
    return (
      <>
        {override.by} holds it {override.state} until <Time value={override.until} />: {override.reason}
      </>
    );
  }
  if (state === 'half_open') return <>Probing. {reason}</>;
  return reason ? reason : <Nothing />;
}

function NextProbe({ at }: { at: string }) {
  const nowMs = useNow();
  return <span className="tabular-nums">{nowMs === 0 ? '' : untilText(at, nowMs)}</span>;
}

function Nothing() {
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <VisuallyHidden>nothing</VisuallyHidden>
    </span>
  );
}
