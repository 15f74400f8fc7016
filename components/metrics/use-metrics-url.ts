'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import { allowedRange, RANGE_NAMES, type RangeName } from '@/components/metrics/ranges';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { SERIES, type Series } from '@/lib/shared/metrics';

export const COMPARISONS = ['off', 'previous', 'week'] as const;

export type Comparison = (typeof COMPARISONS)[number];

const parsers = {
  /** Up to now, and moving with it, unless a fixed time is chosen. */
  range: parseAsStringLiteral(RANGE_NAMES).withDefault('1h'),
  /** Instants of a fixed time. */
  from: parseAsString,
  to: parseAsString,
  compare: parseAsStringLiteral(COMPARISONS).withDefault('off'),
  /** The series that is drawn large. */
  series: parseAsStringLiteral(SERIES).withDefault('create'),
  /** The slot whose example requests are open: its first instant. */
  point: parseAsString,
  zone: parseAsStringLiteral(['local', 'utc'] as const).withDefault('local'),
};

type Place = { range: RangeName; from: string | null; to: string | null };

/** What the page shows, as it stands in the URL, and how to change it. */
export function useMetricsUrl() {
  const [url, setUrl] = useQueryStates(parsers);
  const ownZone = useTimeZone();
  const [places, setPlaces] = useState<Place[]>([]);
  const { range, from, to } = url;
  const fixed = useMemo(() => fixedTime(from, to), [from, to]);

  const goTo = useCallback(
    (place: Place) => {
      setPlaces((earlier) => [...earlier, { range, from, to }]);
      setUrl({ ...place, point: null }, { history: 'push' });
    },
    [setUrl, range, from, to],
  );

  const zoom = useCallback(
    (fromMs: number, toMs: number) => {
      const allowed = allowedRange({ fromMs, toMs }, Date.now());
      goTo({ range, from: instant(allowed.fromMs), to: instant(allowed.toMs) });
    },
    [goTo, range],
  );

  function goBack() {
    const place = places.at(-1);
    if (!place) return;
    setPlaces(places.slice(0, -1));
    setUrl({ ...place, point: null });
  }

  return {
    url,
    /** The fixed time (ms since 1970); null while the page follows the present. */
    fixed,
    timeZone: url.zone === 'utc' ? 'UTC' : ownZone,
    ownZone,
    follow: (next: RangeName) => goTo({ range: next, from: null, to: null }),
    zoom,
    goBack,
    hasPast: places.length > 0,
    compare: (compare: Comparison) => setUrl({ compare }),
    choose: (series: Series) => setUrl({ series }),
    open: (series: Series, slotMs: number) => setUrl({ series, point: instant(slotMs) }),
    close: () => setUrl({ point: null }),
    switchZone: () => setUrl({ zone: url.zone === 'utc' ? 'local' : 'utc' }),
  };
}

export type MetricsUrlState = ReturnType<typeof useMetricsUrl>;

const instant = (ms: number) => new Date(ms).toISOString();

/** A link may carry anything; what is no time is not one. */
function fixedTime(from: string | null, to: string | null): { fromMs: number; toMs: number } | null {
  const [fromMs, toMs] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  return fromMs < toMs ? { fromMs, toMs } : null;
}
