import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import type { Rule } from '@/lib/server/objectives/rules/rule';
import {
  DAYS_NEEDED,
  type Measure,
  type SeasonalBand,
  seasonalBand,
} from '@/lib/server/objectives/usual/seasonal-band';
import { countText, durationText } from '@/lib/server/objectives/wording';
import type { MetricPoint, Series } from '@/lib/shared/metrics';
import type { Band, Evidence } from '@/lib/shared/objective';

type BandSubject = Pick<Band, 'bandId' | 'title' | 'unit'> & {
  series: Series;
  noun: string;
  measure: Measure;
};

/** A percentile of fewer events is one event's luck. */
const MIN_EVENTS = 30;

const p95: Measure = {
  valueOf: ({ count, p95: value }: MetricPoint) => (count < MIN_EVENTS ? null : value),
  floor: 50,
  floorShare: 0.5,
};

/** What is compared with how it usually is. Slower than usual is unusual, faster is not; of counts, both are. */
const SUBJECTS: readonly BandSubject[] = [
  {
    bandId: 'create-count',
    title: 'Creates in an hour',
    ...{ series: 'create', unit: 'count', noun: 'creates' },
    measure: { valueOf: ({ count }) => count, floor: 30, floorShare: 0.5 },
  },
  {
    bandId: 'create-p95',
    title: 'Time of creates (p95)',
    ...{ series: 'create', unit: 'ms', noun: 'creates', measure: p95 },
  },
  {
    bandId: 'query-p95',
    title: 'Time of reads (p95)',
    ...{ series: 'query', unit: 'ms', noun: 'reads', measure: p95 },
  },
  {
    bandId: 'batch-call-p95',
    title: 'Time of batch calls (p95)',
    ...{ series: 'batch_call', unit: 'ms', noun: 'batch calls', measure: p95 },
  },
];

/** All bands at a moment. */
export function bandsAt({ hours }: MetricHistory, nowMs: number): Band[] {
  return SUBJECTS.map((subject) => bandAt(hours[subject.series] ?? [], subject, nowMs));
}

/** A rule for each band; it looks at whole hours, so it judges once an hour. */
export const BAND_RULES: readonly Rule[] = SUBJECTS.map((subject) => ({
  ruleId: `unusual-${subject.bandId}`,
  title: `Unusual: ${subject.title.toLowerCase()}`,
  ...{ severity: 'ticket', series: subject.series, needs: [subject.series], step: 'hour' },
  leadMs: 28 * 86_400_000,
  ...{ pendingMs: 0, resolveMs: 60_000 },
  prepare:
    ({ hours }) =>
    (nowMs) => {
      const band = bandAt(hours[subject.series] ?? [], subject, nowMs);
      return {
        isBad: band.state === 'unusual',
        isKnown: band.state === 'usual' || band.state === 'unusual',
        sentence: band.sentence,
        evidence: evidenceOf(band),
      };
    },
}));

function bandAt(hours: readonly MetricPoint[], subject: BandSubject, nowMs: number): Band {
  const { bandId, title, series, unit } = subject;
  const seen = seasonalBand(hours, subject.measure, nowMs);
  const state = stateOf(seen, unit);
  return {
    ...{ bandId, title, series, unit, state },
    daysKnown: Math.min(seen.daysKnown, DAYS_NEEDED),
    daysNeeded: DAYS_NEEDED,
    at: new Date(seen.atMs).toISOString(),
    value: seen.value,
    low: seen.band?.low ?? null,
    median: seen.band?.median ?? null,
    high: seen.band?.high ?? null,
    samples: seen.samples,
    sentence: sentenceOf(seen, state, subject),
  };
}

function stateOf({ value, band, daysKnown }: SeasonalBand, unit: Band['unit']): Band['state'] {
  if (!band) return daysKnown < DAYS_NEEDED ? 'learning' : 'quiet';
  if (value === null) return 'quiet';
  return value > band.high || (unit === 'count' && value < band.low) ? 'unusual' : 'usual';
}

function sentenceOf(seen: SeasonalBand, state: Band['state'], { unit, noun }: BandSubject): string {
  const text = (value: number | null | undefined) => valueText(value ?? 0, unit);
  if (state === 'learning') return `Learning ${seen.daysKnown} of ${DAYS_NEEDED} days.`;
  if (state === 'quiet')
    return `Too few ${noun} in the last whole hour, or in that hour of earlier weeks, to compare.`;
  const usual = `${text(seen.band?.low)} to ${text(seen.band?.high)}`;
  const verdict = state === 'unusual' ? 'unusual for' : 'usual for';
  return `${text(seen.value)} is ${verdict} this hour of the week, which has ${usual}.`;
}

function evidenceOf({ value, low, median, high, samples, unit, daysKnown, daysNeeded }: Band): Evidence[] {
  if (low === null || median === null || high === null) {
    return [{ label: 'Days learned', value: `${daysKnown} of ${daysNeeded}` }];
  }
  return [
    { label: 'Last whole hour', value: value === null ? 'too few' : valueText(value, unit) },
    { label: 'Median of this hour of the week', value: valueText(median, unit) },
    { label: 'Usual', value: `${valueText(low, unit)} to ${valueText(high, unit)}` },
    { label: 'Hours compared', value: countText(samples) },
  ];
}

const valueText = (value: number, unit: Band['unit']) =>
  unit === 'count' ? countText(value) : durationText(value);
