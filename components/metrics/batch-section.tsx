'use client';

import type { ReactNode } from 'react';
import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { TimeChart } from '@/components/charts/time-chart';
import { SilentSpans, TimeLine } from '@/components/charts/time-line';
import { highestOf, pointFinder, stepText, timePoints } from '@/components/metrics/chart-points';
import { mergedPoint } from '@/components/metrics/coarse-points';
import { knownText, shareOf } from '@/components/metrics/point-facts';
import { formatCount, formatShare } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import type { MetricPoint } from '@/lib/shared/metrics';

const rowsPerCall = ({ items, count }: MetricPoint) => shareOf(items, count);
const unprocessedShare = ({ items, unprocessed }: MetricPoint) => shareOf(unprocessed, items);
const retriesOf = ({ retries }: MetricPoint) => retries;

const formatRows = (rows: number) => rows.toLocaleString('en', { maximumFractionDigits: 1 });

const COLUMNS = [
  { label: 'Calls' },
  { label: 'Rows' },
  { label: 'Rows per call', format: formatRows },
  { label: 'Unprocessed' },
  { label: 'Unprocessed share', format: formatShare },
  { label: 'Retries' },
];

/** The most rows that one BatchWriteItem takes. */
const FULL_CALL = 25;

type Props = {
  points: readonly MetricPoint[];
  compared: readonly MetricPoint[] | undefined;
  /** Batches of this time. */
  children?: ReactNode;
};

/** How well batches use their calls to DynamoDB. */
export function BatchSection({ points, compared = [], children }: Props) {
  const { window } = useChartTime();
  return (
    <Section title="Batches" description="How well their calls to DynamoDB are used.">
      <div className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-3">
        <div className="grid grid-cols-1 gap-x-6 gap-y-3 lg:grid-cols-3">
          <RatioChart
            title="Rows per call"
            {...{ points, compared, amountOf: rowsPerCall, format: formatRows, least: FULL_CALL }}
            isStop
          />
          <RatioChart
            title="Unprocessed share"
            {...{ points, compared, amountOf: unprocessedShare, format: formatShare, least: 0.05 }}
          />
          <RatioChart
            title={`Calls sent again per ${stepText(window.stepMs)}`}
            {...{ points, compared, amountOf: retriesOf, format: formatCount, least: 4 }}
          />
        </div>
        <DataTable caption="Batch efficiency" columns={COLUMNS} rows={() => rowsOf(points)} />
        {children}
      </div>
    </Section>
  );
}

type RatioProps = {
  title: string;
  points: readonly MetricPoint[];
  compared: readonly MetricPoint[];
  amountOf: (point: MetricPoint) => number | null;
  format: (amount: number) => string;
  /** The axis reaches at least so high. */
  least: number;
  isStop?: boolean;
};

function RatioChart({ title, points, compared, amountOf, format, least, isStop = false }: RatioProps) {
  const line = timePoints(points, amountOf);
  const before = timePoints(compared, amountOf);
  const find = pointFinder(points);
  const textOf = (point: MetricPoint) => {
    const amount = amountOf(point);
    return amount === null ? 'no calls' : format(amount);
  };
  return (
    <TimeChart
      title={title}
      summary={textOf(mergedPoint('', points))}
      amounts={{ highest: Math.max(highestOf(line), highestOf(before), least) }}
      formatAmount={format}
      slotText={(slotMs) => knownText(find(slotMs), textOf)}
      isStop={isStop}
    >
      {(scales) => (
        <>
          <SilentSpans points={line} scales={scales} />
          <TimeLine points={before} scales={scales} className="stroke-control/60" />
          <TimeLine points={line} scales={scales} />
        </>
      )}
    </TimeChart>
  );
}

function rowsOf(points: readonly MetricPoint[]) {
  return points.map((point) => {
    const { count, items, unprocessed, retries } = point;
    const numbers = [count, items, rowsPerCall(point), unprocessed, unprocessedShare(point), retries];
    return {
      atMs: Date.parse(point.at),
      cells: numbers.map((number) => (point.state === 'silent' ? null : number)),
    };
  });
}
