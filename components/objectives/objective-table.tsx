import { BurnRates } from '@/components/objectives/burn-rates';
import { objectiveLabel } from '@/components/objectives/objective-labels';
import { Badge } from '@/components/ui/badge';
import { formatCount, formatShare } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
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
import type { ObjectiveState } from '@/lib/shared/objective';

/** Each promise with its error budget and burn rates. */
export function ObjectiveTable({ objectives }: { objectives: readonly ObjectiveState[] }) {
  return (
    <Table caption="Error budget of each objective">
      <TableHead>
        <HeaderCell>Objective</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Error budget left</HeaderCell>
        <HeaderCell align="end">Bad in 28 days</HeaderCell>
        <HeaderCell>Burn rate</HeaderCell>
      </TableHead>
      <TableBody>
        {objectives.map((objective) => (
          <Row key={objective.objectiveId} objective={objective} />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({ objective }: { objective: ObjectiveState }) {
  const { title, goal, total, bad, since, burns } = objective;
  const { label, tone } = objectiveLabel(objective);
  return (
    <TableRow>
      <RowHeaderCell className="min-w-56">
        {title}
        <span className="block font-normal text-muted text-xs">{goal}</span>
      </RowHeaderCell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell className="min-w-40">
        <Budget objective={objective} />
      </Cell>
      <Cell align="end" className="whitespace-nowrap">
        {formatCount(bad)} of {formatCount(total)}
        {since && (
          <span className="block text-muted text-xs">
            since <Time value={since} />
          </span>
        )}
      </Cell>
      <Cell>
        <BurnRates burns={burns} />
      </Cell>
    </TableRow>
  );
}

function Budget({ objective: { title, budgetLeft } }: { objective: ObjectiveState }) {
  if (budgetLeft === null) return <span className="text-muted">Too little was counted</span>;
  const left = Math.max(budgetLeft, 0);
  const tone = left === 0 ? 'danger' : left < 0.25 ? 'warning' : 'success';
  const text = budgetLeft < 0 ? `Overspent by ${formatShare(-budgetLeft)}` : formatShare(budgetLeft);
  return (
    <div className="flex flex-col gap-1">
      <span className="tabular-nums">{text}</span>
      <ProgressBar
        label={`Error budget left of "${title}"`}
        parts={[{ label: 'Left', value: left, tone }]}
        total={1}
        valueText={text}
      />
    </div>
  );
}
