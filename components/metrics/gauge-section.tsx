'use client';

import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { lookOf } from '@/components/charts/series-looks';
import { TimeChart } from '@/components/charts/time-chart';
import { TimeLine } from '@/components/charts/time-line';
import { highestOf } from '@/components/metrics/chart-points';
import { type GaugeLine, gaugeLines, gaugeRows } from '@/components/metrics/gauge-lines';
import { formatMs } from '@/components/metrics/point-facts';
import { countOf, formatBytes, formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import type { Gauge, GaugePoint } from '@/lib/shared/metrics';

const SHOWN: { gauge: Gauge; title: string; format: (amount: number) => string; least: number }[] = [
  { gauge: 'heap_bytes', title: 'Memory (heap)', format: formatBytes, least: 100_000_000 },
  { gauge: 'in_flight', title: 'Calls in flight', format: formatCount, least: 4 },
  { gauge: 'limiter_units', title: 'Write units let pass a second', format: formatCount, least: 100 },
  { gauge: 'queue_age_ms', title: 'Oldest chunk waits', format: formatMs, least: 1000 },
  { gauge: 'batches_in_hand', title: 'Batches in hand', format: formatCount, least: 4 },
];

/** What each process says of itself: its highest value in each slot. */
export function GaugeSection({ gauges }: { gauges: readonly GaugePoint[] }) {
  const { window } = useChartTime();
  const processes = new Set(gauges.map(({ instance }) => instance)).size;
  return (
    <Section
      title="Processes"
      description={
        processes === 0
          ? 'No process reported in this time.'
          : `${countOf(processes, 'process', 'processes')} reported, each a line: the highest of each slot.`
      }
    >
      <div className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-3">
        <div className="grid grid-cols-1 gap-x-6 gap-y-3 lg:grid-cols-3">
          {SHOWN.map(({ gauge, title, format, least }, index) => (
            <GaugeChart
              key={gauge}
              title={title}
              lines={gaugeLines(gauges, gauge, window)}
              format={format}
              least={least}
              isStop={index === 0}
            />
          ))}
        </div>
        <DataTable
          caption="Gauges of each process"
          columns={[{ label: 'Process' }, ...SHOWN.map(({ title, format }) => ({ label: title, format }))]}
          rows={() =>
            gaugeRows(
              gauges,
              SHOWN.map(({ gauge }) => gauge),
              window,
            )
          }
        />
      </div>
    </Section>
  );
}

type ChartProps = {
  title: string;
  lines: readonly GaugeLine[];
  format: (amount: number) => string;
  least: number;
  isStop: boolean;
};

function GaugeChart({ title, lines, format, least, isStop }: ChartProps) {
  const latest = lines.map(({ points }) => points.at(-1)?.value ?? 0);
  return (
    <TimeChart
      title={title}
      summary={latest.length === 0 ? 'no report' : `last ${latest.map(format).join(', ')}`}
      amounts={{ highest: lines.reduce((most, { points }) => Math.max(most, highestOf(points)), least) }}
      formatAmount={format}
      slotText={(slotMs) => {
        const values = lines.flatMap(({ points }) => points.find(({ atMs }) => atMs === slotMs)?.value ?? []);
        return values.length === 0 ? 'no report' : values.map(format).join(', ');
      }}
      isStop={isStop}
    >
      {(scales) =>
        lines.map(({ instance, points }, index) => (
          <TimeLine key={instance} points={points} scales={scales} className={lookOf(index + 2).stroke} />
        ))
      }
    </TimeChart>
  );
}
