import { execFileSync } from 'node:child_process';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import type { Exported } from '@/tests/bench/audit-export';
import type { Loaded } from '@/tests/bench/audit-load';
import type { Pages } from '@/tests/bench/audit-pages';
import { startEngine } from '@/tests/bench/engine';
import { quantile } from '@/tests/bench/quantile';

const SMALL = 10_000;
const LARGE = Number(process.env.AUDIT_EVENTS ?? 100_000);

/** Each size is measured so many times, in turns. */
const ROUNDS = 2;

const GOAL_RATIO = 3;
const GOAL_UNITS = 12;

const shown = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

type Trail = { events: number; read: <Result>(part: 'load' | 'pages' | 'export') => Result };

/**
 * First pages of the audit trail by every filter and every pair of filters, in a trail of 10,000 events and in one of
 * `AUDIT_EVENTS` (100,000 unless said otherwise); what the rows of a batch cost in it; memory of an export.
 */
export async function benchAudit(): Promise<void> {
  const { endpoint, stop } = await startEngine();
  const [small, large] = [SMALL, LARGE].map((events) => aTrail(events, endpoint));
  if (!small || !large) return;
  printLoad(small);
  printLoad(large);
  const [pagesOfSmall, pagesOfLarge] = inTurns(small, large);
  printPages(pagesOfSmall, pagesOfLarge);
  printExports([small, large]);
  stop();
}

/** A table of its own; each part runs in a process of its own, on hours that are all over. */
function aTrail(events: number, endpoint: string): Trail {
  const endsAt = hourStart(hoursAfter(hourOf(new Date().toISOString()), -1));
  return {
    events,
    read: (part) => {
      const args = ['scripts/run-ts.mjs', 'tests/bench/audit-size.ts', part, String(events), endsAt];
      const names = { AUDIT_TABLE: `bench-audit-${events}`, DYNAMODB_ENDPOINT: endpoint };
      const output = execFileSync(process.execPath, args, {
        env: { ...process.env, ...names, LOG_LEVEL: 'silent' },
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 64 * 1024 * 1024,
      });
      return JSON.parse(output.toString('utf8'));
    },
  };
}

function printLoad({ events, read }: Trail): void {
  const { eventsPerSecond, sealedHours, sealSeconds, segments } = read<Loaded>('load');
  console.log(
    `${shown.format(events)} events written at ${shown.format(eventsPerSecond)} a second; ` +
      `${sealedHours} hours sealed in ${shown.format(sealSeconds)} s`,
  );
  const units = segments.units ?? 4 + 2 * Math.ceil((segments.bytes + 900) / 1024);
  const source = segments.units === null ? 'by their size' : 'as the engine says';
  console.log(
    `  100,000 rows of a batch: ${segments.count} segments of ${shown.format(segments.bytes)} bytes, ` +
      `${shown.format(units)} write units for 500 rows ${source} (goal: at most ${GOAL_UNITS})`,
  );
}

function inTurns(small: Trail, large: Trail): [Pages[], Pages[]] {
  const sums: [Pages[], Pages[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    sums[0] = join(sums[0], small.read<Pages[]>('pages'));
    sums[1] = join(sums[1], large.read<Pages[]>('pages'));
  }
  return sums;
}

function join(before: Pages[], pages: Pages[]): Pages[] {
  return pages.map((page, at) => {
    const { ms = [], queries = 0, scanned = 0, stopped = 0 } = before[at] ?? {};
    return {
      ...{ name: page.name, ms: [...ms, ...page.ms], stopped: stopped + page.stopped },
      ...{ queries: Math.max(queries, page.queries), scanned: Math.max(scanned, page.scanned) },
    };
  });
}

function printPages(small: Pages[], large: Pages[]): void {
  const head = ['filter', 'p95 small', 'p95 large', 'ratio', 'queries', 'items read', 'ended early'];
  console.log(`\n${row(head)}`);
  for (const [at, page] of large.entries()) {
    const before = small[at];
    if (!before) continue;
    const [p95Small, p95Large] = [quantile(before.ms, 0.95), quantile(page.ms, 0.95)];
    const [queries, scanned] = [`${before.queries} / ${page.queries}`, `${before.scanned} / ${page.scanned}`];
    const times = [p95Small, p95Large, p95Large / p95Small].map((value) => shown.format(value));
    console.log(row([page.name, ...times, queries, scanned, `${before.stopped} / ${page.stopped}`]));
  }
  const [ofSmall, ofLarge] = [small, large].map((pages) =>
    quantile(
      pages.flatMap(({ ms }) => ms),
      0.95,
    ),
  );
  if (ofSmall === undefined || ofLarge === undefined) return;
  console.log(
    `\np95 of all first pages: ${shown.format(ofSmall)} ms and ${shown.format(ofLarge)} ms, ` +
      `ratio ${shown.format(ofLarge / ofSmall)} (goal: at most ${GOAL_RATIO})`,
  );
}

const WIDTHS = [24, 11, 11, 8, 12, 16, 14];

const row = (cells: string[]) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(WIDTHS[at] ?? 0))).join('');

function printExports(trails: Trail[]): void {
  for (const { read } of trails) {
    const { rows, seconds, startMiB, peakMiB } = read<Exported>('export');
    console.log(
      `export of ${shown.format(rows)} rows: ${shown.format(seconds)} s, memory ${startMiB} MiB before, ${peakMiB} MiB at most`,
    );
  }
}
