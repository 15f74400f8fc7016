import { Counter, Gauge as PrometheusGauge, Registry } from 'prom-client';
import type { Counts } from '@/lib/server/metrics/counts';
import { recorder } from '@/lib/server/metrics/record';
import { totalsSinceStart } from '@/lib/server/metrics/totals-since-start';
import { BUCKETS, bucketBounds, type Histogram } from '@/lib/shared/histogram';
import { SERIES } from '@/lib/shared/metrics';

const PREFIX = 'assignment_desk';

/** The content type of what Prometheus reads. */
export const PROMETHEUS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * All that this process has counted since its start, and its gauges at this moment, as Prometheus reads them. Each process
 * answers for itself: Prometheus adds them up.
 */
export function prometheusText(): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `${PREFIX}_${name}`, help, labelNames, registers });
  const meters = {
    operations: counter('operations_total', 'Operations that ended, by outcome', ['series', 'outcome']),
    throttles: counter('throttles_total', 'Refusals for throughput', ['series', 'reason', 'resource']),
    buckets: counter('duration_seconds_bucket', 'Operations that took at most so long', ['series', 'le']),
    retries: counter('retries_total', 'Calls to DynamoDB that were sent again', ['series']),
    items: counter('items_total', 'Items in batch calls', ['series']),
    unprocessed: counter('unprocessed_items_total', 'Items that DynamoDB left unprocessed', ['series']),
    units: counter('write_units_total', 'Write units that DynamoDB said it took', ['series']),
  };
  const totals = totalsSinceStart();
  for (const series of SERIES) {
    const counts = totals.get(series);
    if (counts) fill(meters, series, counts);
  }
  for (const [gauge, read] of recorder.gauges) {
    const help = `The ${gauge.replaceAll('_', ' ')} of this process at this moment`;
    new PrometheusGauge({ name: `${PREFIX}_${gauge}`, help, registers }).set(read());
  }
  return registry.metrics();
}

type Meters = {
  operations: Counter<'series' | 'outcome'>;
  throttles: Counter<'series' | 'reason' | 'resource'>;
  buckets: Counter<'series' | 'le'>;
  retries: Counter<'series'>;
  items: Counter<'series'>;
  unprocessed: Counter<'series'>;
  units: Counter<'series'>;
};

function fill(meters: Meters, series: string, counts: Counts): void {
  for (const [outcome, count] of Object.entries(counts.outcomes))
    meters.operations.inc({ series, outcome }, count);
  for (const [name, count] of Object.entries(counts.throttles)) {
    const [reason = '', ...resource] = name.split(' ');
    meters.throttles.inc({ series, reason, resource: resource.join(' ') }, count);
  }
  for (const { le, count } of cumulative(counts.buckets)) meters.buckets.inc({ series, le }, count);
  meters.retries.inc({ series }, counts.retries);
  meters.items.inc({ series }, counts.items);
  meters.unprocessed.inc({ series }, counts.unprocessed);
  meters.units.inc({ series }, counts.units);
}

/** Prometheus counts each bucket together with all below it, and always all of them. */
function cumulative(buckets: Histogram): { le: string; count: number }[] {
  let count = 0;
  return Array.from({ length: BUCKETS }, (_, bucket) => {
    count += buckets[bucket] ?? 0;
    const toMs = bucketBounds(bucket).to;
    return { le: Number.isFinite(toMs) ? String(toMs / 1000) : '+Inf', count };
  });
}
