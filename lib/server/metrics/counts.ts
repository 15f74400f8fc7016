import * as z from 'zod';
import { type Histogram, mergeHistograms } from '@/lib/shared/histogram';

/** What a series has counted in some time, as it is stored and added up. */
export type Counts = {
  outcomes: Record<string, number>;
  retries: number;
  items: number;
  unprocessed: number;
  units: number;
  throttles: Record<string, number>;
  buckets: Histogram;
  /** A request of each bucket, and of each code. */
  bucketExemplars: Record<string, string>;
  codeExemplars: Record<string, string>;
};

export const NO_COUNTS: Counts = {
  ...{ outcomes: {}, throttles: {}, buckets: {}, bucketExemplars: {}, codeExemplars: {} },
  ...{ retries: 0, items: 0, unprocessed: 0, units: 0 },
};

/** `ADD` reaches top-level attributes only, so each map lies flat in the item, under a prefix of its own. */
const NUMBER_MAPS = { outcomes: 'o#', throttles: 't#', buckets: 'b#' } as const;
const TEXT_MAPS = { bucketExemplars: 'eb#', codeExemplars: 'ec#' } as const;
const AMOUNTS = ['retries', 'items', 'unprocessed', 'units'] as const;

const numberSchema = z.number().catch(0);

/** Reads the counts out of a stored item. */
export function toCounts(item: Record<string, unknown>): Counts {
  return {
    outcomes: numbersUnder(item, NUMBER_MAPS.outcomes),
    throttles: numbersUnder(item, NUMBER_MAPS.throttles),
    buckets: numbersUnder(item, NUMBER_MAPS.buckets),
    bucketExemplars: textsUnder(item, TEXT_MAPS.bucketExemplars),
    codeExemplars: textsUnder(item, TEXT_MAPS.codeExemplars),
    retries: numberSchema.parse(item.retries),
    items: numberSchema.parse(item.items),
    unprocessed: numberSchema.parse(item.unprocessed),
    units: numberSchema.parse(item.units),
  };
}

/** The attributes of an item that keep these counts: numbers to be added, and texts to be set. */
export function countAttributes(counts: Counts): {
  numbers: Record<string, number>;
  texts: Record<string, string>;
} {
  const amounts = AMOUNTS.map((name) => [name, counts[name]] as const).filter(([, amount]) => amount !== 0);
  return {
    numbers: {
      ...Object.fromEntries(amounts),
      ...prefixed(NUMBER_MAPS.outcomes, counts.outcomes),
      ...prefixed(NUMBER_MAPS.throttles, counts.throttles),
      ...prefixed(NUMBER_MAPS.buckets, counts.buckets),
    },
    texts: {
      ...prefixed(TEXT_MAPS.bucketExemplars, counts.bucketExemplars),
      ...prefixed(TEXT_MAPS.codeExemplars, counts.codeExemplars),
    },
  };
}

/** Several counts together, as those of the minutes of an hour; of exemplars the last stay. */
export function mergeCounts(all: Counts[]): Counts {
  const sum = (name: (typeof AMOUNTS)[number]) => all.reduce((total, counts) => total + counts[name], 0);
  return {
    outcomes: mergeHistograms(all.map(({ outcomes }) => outcomes)),
    throttles: mergeHistograms(all.map(({ throttles }) => throttles)),
    buckets: mergeHistograms(all.map(({ buckets }) => buckets)),
    bucketExemplars: Object.assign({}, ...all.map(({ bucketExemplars }) => bucketExemplars)),
    codeExemplars: Object.assign({}, ...all.map(({ codeExemplars }) => codeExemplars)),
    retries: sum('retries'),
    items: sum('items'),
    unprocessed: sum('unprocessed'),
    units: sum('units'),
  };
}

function prefixed<Value>(prefix: string, values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

function numbersUnder(item: Record<string, unknown>, prefix: string): Record<string, number> {
  return Object.fromEntries(
    under(item, prefix).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}

function textsUnder(item: Record<string, unknown>, prefix: string): Record<string, string> {
  return Object.fromEntries(
    under(item, prefix).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function under(item: Record<string, unknown>, prefix: string): [string, unknown][] {
  return Object.entries(item)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);
}
