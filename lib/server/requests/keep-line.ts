import { processState } from '@/lib/server/process-state';
import { redactedFacts } from '@/lib/server/requests/redacted-facts';
import { type LogLine, requestIdSchema } from '@/lib/shared/request';

/** A line on its way into the table. `number` orders the lines of one millisecond. */
export type KeptLine = LogLine & { requestId: string; number: number };

type Keeper = {
  process: string;
  waiting: KeptLine[];
  /** Lines since the process began, and those of its present minute. */
  lines: number;
  minute: string;
  linesOfMinute: number;
  /** How many lines of a minute were not kept. */
  dropped: Map<string, number>;
};

/** Lines that one process keeps of a minute, and that wait while the table does not take them. */
const MOST = { ofMinute: 300, waiting: 1000 } as const;

/** What this process has logged and not stored yet; `store-lines.ts` takes it away. */
export const keeper = processState<Keeper>('requestLines', () => ({
  process: crypto.randomUUID().slice(0, 8),
  waiting: [],
  lines: 0,
  minute: '',
  linesOfMinute: 0,
  dropped: new Map(),
}));

/** The minute of an instant, as lines that were not kept are counted: "2026-11-25T10:42". */
export const minuteOf = (instant: string) => instant.slice(0, 16);

/** Keeps a line of the log for the page of its request. Costs no I/O and never throws; what is too much is counted. */
export function keepLine(
  level: LogLine['level'],
  event: string,
  { requestId, ...fields }: { requestId: string } & Record<string, unknown>,
): void {
  if (!requestIdSchema.safeParse(requestId).success) return;
  const at = new Date().toISOString();
  if (!hasRoom(minuteOf(at))) return;
  const line = { at, level, event, process: keeper.process, facts: redactedFacts(fields) };
  keeper.waiting.push({ ...line, requestId, number: keeper.lines++ });
}

/** Lines that the table did not take wait again, before the others. Where they are too many, the oldest are given up. */
export function putBack(lines: KeptLine[]): void {
  const all = [...lines, ...keeper.waiting];
  const givenUp = all.splice(0, Math.max(all.length - MOST.waiting, 0));
  for (const { at } of givenUp) countDropped(minuteOf(at));
  keeper.waiting = all;
}

function countDropped(minute: string): void {
  keeper.dropped.set(minute, (keeper.dropped.get(minute) ?? 0) + 1);
}

function hasRoom(minute: string): boolean {
  if (keeper.minute !== minute) Object.assign(keeper, { minute, linesOfMinute: 0 });
  if (keeper.linesOfMinute < MOST.ofMinute && keeper.waiting.length < MOST.waiting) {
    keeper.linesOfMinute++;
    return true;
  }
  countDropped(minute);
  return false;
}
