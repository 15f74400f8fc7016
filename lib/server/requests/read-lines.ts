import * as z from 'zod';
import { queryPage } from '@/lib/server/query-page';
import { answerLines } from '@/lib/server/requests/keep-answer';
import { keeper, minuteOf } from '@/lib/server/requests/keep-line';
import { DROPPED_LANE, laneQuery, lineItem, linesLane } from '@/lib/server/requests/line-item';
import { beganAt, type LogLine, logLineSchema } from '@/lib/shared/request';

const MOST_LINES = 200;
const MOST_PROCESSES = 50;

const storedSchema = logLineSchema.extend({ itemKey: z.string() });
const droppedSchema = z.object({ itemKey: z.string(), count: z.int() });

type Lines = { lines: LogLine[]; dropped: number };

/**
 * The kept log lines of a request, oldest first, from all processes; of this one also those that are not stored yet. And how
 * many lines of its minute, of whichever request, were not kept.
 * @throws {AppError} what DynamoDB answered
 */
export async function readLines(asked: string, requestId: string): Promise<Lines> {
  const minute = minuteOf(beganAt(asked));
  const [stored, dropped] = await Promise.all([
    readLane(linesLane(asked), '', { limit: MOST_LINES, requestId }),
    readLane(DROPPED_LANE, minute, { limit: MOST_PROCESSES, requestId }),
  ]);
  const waiting = keeper.waiting.filter((line) => line.requestId === asked);
  const own = [...waiting, ...answerLines(asked)].map(lineItem);
  const byKey = new Map([...stored, ...own].map(toKeyedLine));
  return {
    lines: [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
    dropped: countDropped(dropped, minute),
  };
}

function toKeyedLine(item: unknown): [string, LogLine] {
  const { itemKey, ...line } = storedSchema.parse(item);
  return [itemKey, line];
}

async function readLane(
  lane: string,
  keyPrefix: string,
  { limit, requestId }: { limit: number; requestId: string },
) {
  const now = Date.now() / 1000;
  const { items } = await queryPage(
    { ...laneQuery(lane, keyPrefix), ConsistentRead: true },
    { operation: 'readLines', requestId, limit, keep: ({ ttl }) => Number(ttl) > now },
  );
  return items;
}

/** The count of this process is newer in memory than in the table. */
function countDropped(stored: unknown[], minute: string): number {
  const byProcess = new Map(
    stored.map((item) => {
      const { itemKey, count } = droppedSchema.parse(item);
      return [itemKey.slice(minute.length + 1), count];
    }),
  );
  const own = keeper.dropped.get(minute);
  if (own !== undefined) byProcess.set(keeper.process, own);
  return [...byProcess.values()].reduce((sum, count) => sum + count, 0);
}
