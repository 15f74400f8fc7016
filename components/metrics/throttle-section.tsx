'use client';

import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { Legend } from '@/components/charts/legend';
import { StackedBars, totalOf } from '@/components/charts/stacked-bars';
import { TimeChart } from '@/components/charts/time-chart';
import { SilentSpans } from '@/components/charts/time-line';
import { pointFinder, stacksOf, stepText, timePoints } from '@/components/metrics/chart-points';
import { mergedPoint } from '@/components/metrics/coarse-points';
import { knownText, throttleNamesOf } from '@/components/metrics/point-facts';
import { togetherOf } from '@/components/metrics/together';
import type { SeriesPoints } from '@/components/metrics/use-metrics';
import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import type { MetricPoint } from '@/lib/shared/metrics';

const throttlesOf = ({ throttles }: MetricPoint) => throttles;

/** What DynamoDB refused for throughput, by its reason and the table, index or partition it names. */
export function ThrottleSection({ points: bySeries }: { points: SeriesPoints }) {
  const { window } = useChartTime();
  const points = togetherOf(bySeries);
  const names = throttleNamesOf(points);
  const stacks = stacksOf(points, throttlesOf);
  const total = totalOf(mergedPoint('', points).throttles);
  const find = pointFinder(points);
  return (
    <Section title="What DynamoDB refused" description="Refusals for throughput, by reason and resource.">
      <div className="flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-surface p-3">
        <TimeChart
          title={`Refused per ${stepText(window.stepMs)}`}
          summary={total === 0 ? 'None' : `${formatCount(total)} in all`}
          amounts={{ highest: stacks.reduce((most, { counts }) => Math.max(most, totalOf(counts)), 4) }}
          formatAmount={formatCount}
          slotText={(slotMs) => knownText(find(slotMs), throttleText)}
          height={140}
          isStop
          hasMarks
        >
          {(scales) => (
            <>
              <SilentSpans points={timePoints(points, ({ count }) => count)} scales={scales} />
              <StackedBars stacks={stacks} names={names} scales={scales} />
            </>
          )}
        </TimeChart>
        <div className="min-h-5">
          {names.length > 0 && <Legend names={names} label="Reasons and resources" />}
        </div>
        <DataTable
          caption="Refusals for throughput"
          columns={[{ label: 'All' }, ...names.map((name) => ({ label: name }))]}
          rows={() =>
            points.map(({ at, throttles, state }) => ({
              atMs: Date.parse(at),
              cells: [totalOf(throttles), ...names.map((name) => throttles[name] ?? 0)].map((count) =>
                state === 'silent' ? null : count,
              ),
            }))
          }
        />
      </div>
    </Section>
  );
}

function throttleText({ throttles }: MetricPoint): string {
  const entries = Object.entries(throttles);
  if (entries.length === 0) return 'none refused';
  return entries.map(([name, count]) => `${name} ${formatCount(count)}`).join(', ');
}
