'use client';

import { LevelChart } from '@/components/charts/level-chart';
import { REPLAY_LABELS } from '@/components/objectives/objective-labels';
import { EmptyState } from '@/components/ui/empty-state';
import { countOf, formatDuration } from '@/components/ui/number-format';
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { Replay } from '@/lib/shared/objective';

const LEVELS = (['unknown', 'ok', 'pending', 'firing'] as const).map((state) => REPLAY_LABELS[state]);

/** When a rule would have fired: as a chart of its states, and as a table. */
export function ReplayResult({ replay }: { replay: Replay }) {
  const summary = summaryOf(replay);
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="font-medium">
        {summary}
      </p>
      <LevelChart
        title="State over time"
        summary={summary}
        levels={LEVELS}
        alarm={REPLAY_LABELS.firing}
        from={replay.from}
        to={replay.to}
        changes={replay.changes.map(({ at, state }) => ({ at, level: REPLAY_LABELS[state] }))}
      />
      {replay.firings.length === 0 ? (
        <EmptyState title="It would not have fired">Nothing in this time was bad for long enough.</EmptyState>
      ) : (
        <Firings replay={replay} />
      )}
    </div>
  );
}

function Firings({ replay: { firings } }: { replay: Replay }) {
  return (
    <Table caption="When the rule would have fired">
      <TableHead>
        <HeaderCell>From</HeaderCell>
        <HeaderCell>To</HeaderCell>
        <HeaderCell align="end">Lasted</HeaderCell>
        <HeaderCell>Why</HeaderCell>
      </TableHead>
      <TableBody>
        {firings.map(({ from, to, sentence }) => (
          <TableRow key={from}>
            <Cell>
              <Time value={from} />
            </Cell>
            <Cell>{to ? <Time value={to} /> : 'still at the end'}</Cell>
            <Cell align="end" className="whitespace-nowrap">
              {to ? formatDuration(secondsBetween(from, to)) : '–'}
            </Cell>
            <Cell className="min-w-48 text-muted">{sentence}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function summaryOf({ firings, to }: Replay): string {
  if (firings.length === 0) return 'The rule would not have fired in this time.';
  const seconds = firings.reduce((sum, firing) => sum + secondsBetween(firing.from, firing.to ?? to), 0);
  return `The rule would have fired ${countOf(firings.length, 'time')}, for ${formatDuration(seconds)} in all.`;
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
