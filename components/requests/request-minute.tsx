import { countOf, formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
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
import { bucketBounds } from '@/lib/shared/histogram';
import { type MetricPoint, SERIES_LABELS } from '@/lib/shared/metrics';
import type { RequestStory } from '@/lib/shared/request';

/** The minute of the request in the metrics: what else happened then, and what the request stands for. */
export function RequestMinute({ story: { minute } }: { story: RequestStory }) {
  if (minute === null) return null;
  const { at, series } = minute;
  return (
    <Section
      title="Its minute"
      description={
        <>
          What the product did in the minute from <Time value={at} precision="seconds" hasZone />, all
          requests together.
        </>
      }
    >
      {series.length === 0 ? (
        <p className="text-muted">Nothing was counted in this minute.</p>
      ) : (
        <Table caption="The minute of the request by series">
          <TableHead>
            <HeaderCell>Series</HeaderCell>
            <HeaderCell align="end">Count</HeaderCell>
            <HeaderCell align="end">Failed</HeaderCell>
            <HeaderCell align="end">p50</HeaderCell>
            <HeaderCell align="end">p95</HeaderCell>
            <HeaderCell>This request stands for</HeaderCell>
          </TableHead>
          <TableBody>
            {series.map(({ series: name, point, standsFor }) => (
              <TableRow key={name}>
                <RowHeaderCell>{SERIES_LABELS[name]}</RowHeaderCell>
                <Cell align="end">{formatCount(point.count)}</Cell>
                <Cell align="end">{formatCount(point.count - (point.outcomes.success ?? 0))}</Cell>
                <Cell align="end">{milliseconds(point.p50)}</Cell>
                <Cell align="end">{milliseconds(point.p95)}</Cell>
                <Cell>{standsFor.map(exampleText).join('; ')}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

const milliseconds = (value: MetricPoint['p50']) => (value === null ? '' : `${formatCount(value)} ms`);

/** "11 to 13 ms" for a bucket; a code as it is. */
function exampleText(example: number | string): string {
  if (typeof example === 'string') return `those that ended with ${example}`;
  const { from, to } = bucketBounds(example);
  if (!Number.isFinite(to)) return `those that took longer than ${countOf(from / 1000, 'second')}`;
  return `those that took ${formatCount(from)} to ${formatCount(to)} ms`;
}
