'use client';

import { ArrowDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { ChartTimeProvider } from '@/components/charts/chart-time';
import { AnnotationList } from '@/components/metrics/annotation-list';
import { BatchLanes } from '@/components/metrics/batch-lanes';
import { BatchSection } from '@/components/metrics/batch-section';
import { BreakerRibbon } from '@/components/metrics/breaker-ribbon';
import { ChartsSkeleton } from '@/components/metrics/charts-skeleton';
import { ExemplarDrawer } from '@/components/metrics/exemplar-drawer';
import { GaugeSection } from '@/components/metrics/gauge-section';
import { LatencySection } from '@/components/metrics/latency-section';
import { RangeControl } from '@/components/metrics/range-control';
import { SeriesRow } from '@/components/metrics/series-row';
import { StatusLine } from '@/components/metrics/status-line';
import { ThrottleSection } from '@/components/metrics/throttle-section';
import { useAnnotations } from '@/components/metrics/use-annotations';
import { type MetricsState, useMetrics } from '@/components/metrics/use-metrics';
import { type MetricsUrlState, useMetricsUrl } from '@/components/metrics/use-metrics-url';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { useSession } from '@/lib/client/session-context';
import { SERIES } from '@/lib/shared/metrics';

/** A part of the page that another noun brings. */
type Part = { id: string; title: string; content: ReactNode };

/** Whether writes are healthy, what they did over time, and what stands behind each moment. */
export function MetricsPage({ parts }: { parts: readonly Part[] }) {
  const metricsUrl = useMetricsUrl();
  const state = useMetrics(metricsUrl);
  const { url, ownZone, switchZone, timeZone } = metricsUrl;
  return (
    <>
      <PageHeader
        title="Metrics"
        description="Whether writes are healthy, and what happened when."
        actions={
          <Button aria-pressed={url.zone === 'utc'} onClick={switchZone}>
            {url.zone === 'utc' ? 'Times in UTC' : `Times in ${ownZone}`}
          </Button>
        }
      />
      <StatusLine timeZone={timeZone} />
      <JumpLinks parts={parts} />
      <RangeControl metricsUrl={metricsUrl} state={state} />
      <Charts metricsUrl={metricsUrl} state={state} />
      {parts.map(({ id, content }) => (
        <div key={id} id={id} className="min-w-0 scroll-mt-24 border-line border-t pt-4">
          {content}
        </div>
      ))}
    </>
  );
}

function JumpLinks({ parts }: { parts: readonly Part[] }) {
  return (
    <nav aria-label="On this page">
      <ul className="flex flex-wrap gap-x-4 text-sm">
        {parts.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-6 items-center gap-1 text-accent underline-offset-2 hover:underline"
            >
              <ArrowDown aria-hidden className="size-3.5" />
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type ChartsProps = { metricsUrl: MetricsUrlState; state: MetricsState };

function Charts({ metricsUrl, state }: ChartsProps) {
  const { query, tailError, compareError } = state;
  if (query.error && !state.metrics) {
    return (
      <ErrorState title="Metrics could not be loaded" error={query.error} onRetry={() => query.refetch()} />
    );
  }
  if (!state.metrics) return <ChartsSkeleton />;
  return (
    <>
      {tailError && <ErrorState title="The last minutes could not be read again" error={tailError} />}
      {compareError && <ErrorState title="What to compare with could not be loaded" error={compareError} />}
      <div aria-busy={state.isBusy} className="flex flex-col gap-6 transition-opacity aria-busy:opacity-60">
        <ShownCharts metricsUrl={metricsUrl} state={state} />
      </div>
    </>
  );
}

function ShownCharts({ metricsUrl, state }: ChartsProps) {
  const { url, fixed, timeZone, zoom, choose, open } = metricsUrl;
  const { window, points, compared, metrics } = state;
  const { permissions } = useSession();
  const annotations = useAnnotations(window, fixed === null);
  const marks = useMemo(
    () =>
      (annotations.data?.items ?? [])
        .filter(({ atMs }) => atMs >= window.fromMs && atMs < window.toMs)
        .map(({ ref, atMs, sentence }) => ({ key: ref, atMs, label: sentence })),
    [annotations.data, window],
  );
  return (
    <ChartTimeProvider window={window} timeZone={timeZone} marks={marks} onZoom={zoom}>
      <AnnotationList annotations={annotations} />
      <Section title="Every operation" description="How often, how often not, and how long.">
        <div className="flex flex-col gap-3">
          {SERIES.map((series) => (
            <SeriesRow
              key={series}
              series={series}
              points={points[series] ?? []}
              compared={compared[series]}
              isChosen={url.series === series}
              onChoose={() => choose(series)}
              onOpen={(slotMs) => open(series, slotMs)}
            />
          ))}
        </div>
      </Section>
      <LatencySection
        series={url.series}
        points={points[url.series] ?? []}
        compared={compared[url.series]}
        onChoose={choose}
        onOpen={(slotMs) => open(url.series, slotMs)}
      />
      <ThrottleSection points={points} />
      <BreakerRibbon isLive={fixed === null} />
      <BatchSection points={points.batch_call ?? []} compared={compared.batch_call}>
        {permissions.includes('batch:read') && <BatchLanes isLive={fixed === null} />}
      </BatchSection>
      <GaugeSection gauges={metrics?.gauges ?? []} />
      <ExemplarDrawer metricsUrl={metricsUrl} stepMs={window.stepMs} />
    </ChartTimeProvider>
  );
}
