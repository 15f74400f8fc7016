'use client';

import { ArrowLeft, ZoomOut } from 'lucide-react';
import { stretched } from '@/components/charts/time-window';
import { dayClockText } from '@/components/charts/zone-time';
import { CustomRange } from '@/components/metrics/custom-range';
import { RANGE_NAMES, RANGES } from '@/components/metrics/ranges';
import type { MetricsState } from '@/components/metrics/use-metrics';
import { COMPARISONS, type Comparison, type MetricsUrlState } from '@/components/metrics/use-metrics-url';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';

type Props = { metricsUrl: MetricsUrlState; state: MetricsState };

const COMPARISON_LABELS: Record<Comparison, string> = {
  off: 'Compare: off',
  previous: 'Compare: time before',
  week: 'Compare: a week ago',
};

/** Which time the charts show: it stays in sight while they scroll. */
export function RangeControl({ metricsUrl, state }: Props) {
  const { url, fixed, follow, zoom, goBack, hasPast, compare } = metricsUrl;
  const { window } = state;
  return (
    <div className="z-10 -mx-2 md:sticky md:top-0 md:z-20 flex flex-col gap-2 border-line border-b bg-canvas px-2 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex flex-wrap">
          <legend className="sr-only">Time</legend>
          {RANGE_NAMES.map((range) => (
            <Button
              key={range}
              size="small"
              variant={!fixed && url.range === range ? 'primary' : 'ghost'}
              aria-pressed={!fixed && url.range === range}
              onClick={() => follow(range)}
            >
              {RANGES[range].label}
            </Button>
          ))}
        </fieldset>
        <CustomRange window={window} metricsUrl={metricsUrl} />
        <Button size="small" disabled={!hasPast} onClick={goBack}>
          <ArrowLeft aria-hidden className="size-3.5" /> Back
        </Button>
        <Button
          size="small"
          onClick={() => {
            const { fromMs, toMs } = stretched(window, 2);
            zoom(fromMs, toMs);
          }}
        >
          <ZoomOut aria-hidden className="size-3.5" /> Zoom out
        </Button>
        <Button
          size="small"
          aria-pressed={!fixed}
          onClick={() => (fixed ? follow(url.range) : zoom(window.fromMs, window.toMs))}
        >
          {fixed ? 'Live: off' : 'Live: on'}
        </Button>
        <Select
          aria-label="Compare"
          value={url.compare}
          className="w-52"
          onChange={({ target }) => {
            const chosen = COMPARISONS.find((name) => name === target.value);
            if (chosen) compare(chosen);
          }}
        >
          {COMPARISONS.map((name) => (
            <option key={name} value={name}>
              {COMPARISON_LABELS[name]}
            </option>
          ))}
        </Select>
      </div>
      <ShownTime metricsUrl={metricsUrl} state={state} />
    </div>
  );
}

function ShownTime({ metricsUrl: { url, fixed, timeZone }, state: { window, metrics } }: Props) {
  if (!metrics) return <p className="text-muted text-sm">Loading…</p>;
  const times = `${dayClockText(window.fromMs, timeZone)} to ${dayClockText(window.toMs, timeZone)}`;
  return (
    <p className="text-muted text-sm tabular-nums">
      {fixed
        ? times
        : `${RANGES[url.range].text[0]?.toUpperCase()}${RANGES[url.range].text.slice(1)}: ${times}`}
      {url.compare !== 'off' && ' · the faint line is the time compared with'}
    </p>
  );
}
