import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AssignmentItem, toItem } from '@/lib/server/assignments/assignment-item';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { env } from '@/lib/server/env';
import { compileMapping } from '@/lib/shared/compiled-mapping';
import { recogniseMapping } from '@/lib/shared/recognise-mapping';
import { rowToAssignment } from '@/lib/shared/row-to-assignment';
import { BENCH_COURSE_IDS, BENCH_FRAME } from '@/tests/bench/batch-people';
import { fillEngine } from '@/tests/bench/batch-product';
import { type Engine, startEngine } from '@/tests/bench/engine';
import { CSV_HEADER, csvRow } from '@/tests/support/csv-row';

const ITEMS_PER_CALL = 25;
const CONCURRENCIES = [1, 2, 4, 8, 16, 32];
const CALIBRATION_CALLS = 80;

/** The least a batch can cost: its items, written by the SDK's BatchWriteItem at the concurrency that is best here. */
export type RawLimit = {
  concurrency: number;
  /** Writes the next items and returns the seconds that took. */
  write: (rows: number) => Promise<number>;
  stop: () => void;
};

/** Tries concurrencies on an engine of their own, then prepares a fresh one. */
export async function startRawLimit(): Promise<RawLimit> {
  const trial = await startFilled();
  let best = { concurrency: 0, seconds: Number.POSITIVE_INFINITY };
  let position = 0;
  for (const concurrency of CONCURRENCIES) {
    const rows = CALIBRATION_CALLS * ITEMS_PER_CALL;
    const seconds = await writeAll(trial, { from: position, rows, concurrency });
    console.log(`  raw, ${concurrency} calls in flight: ${Math.round(rows / seconds)} rows/s`);
    position += rows;
    if (seconds < best.seconds) best = { concurrency, seconds };
  }
  trial.stop();

  const engine = await startFilled();
  const { concurrency } = best;
  let written = 0;
  return {
    concurrency,
    write: async (rows) => {
      const seconds = await writeAll(engine, { from: written, rows, concurrency });
      written += rows;
      return seconds;
    },
    stop: engine.stop,
  };
}

async function startFilled(): Promise<Engine & { client: DynamoDBDocumentClient }> {
  const engine = await startEngine();
  fillEngine(engine.endpoint);
  const dynamodb = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { ...engine, client: DynamoDBDocumentClient.from(dynamodb) };
}

type Writing = { from: number; rows: number; concurrency: number };

/** The items are made before the clock starts. */
async function writeAll(
  { client }: { client: DynamoDBDocumentClient },
  { from, rows, concurrency }: Writing,
): Promise<number> {
  const calls: AssignmentItem[][] = [];
  for (let start = 0; start < rows; start += ITEMS_PER_CALL) {
    const count = Math.min(ITEMS_PER_CALL, rows - start);
    calls.push(Array.from({ length: count }, (_, at) => itemAt(from + start + at)));
  }
  const startedAt = performance.now();
  const sendCalls = async () => {
    for (let call = calls.pop(); call; call = calls.pop()) await send(client, call);
  };
  await Promise.all(Array.from({ length: concurrency }, sendCalls));
  return (performance.now() - startedAt) / 1000;
}

async function send(client: DynamoDBDocumentClient, items: AssignmentItem[]): Promise<void> {
  let requests = { [env.ASSIGNMENTS_TABLE]: items.map((Item) => ({ PutRequest: { Item } })) };
  while (Object.keys(requests).length > 0) {
    const answer = await client.send(new BatchWriteCommand({ RequestItems: requests }));
    requests = (answer.UnprocessedItems ?? {}) as typeof requests;
  }
}

const columns = CSV_HEADER.trim().split(',');
const cellsAt = (position: number) =>
  csvRow({ position, courseIds: BENCH_COURSE_IDS, mark: 'speed' }).line.trim().split(',');
const recognised = recogniseMapping({ columns, rows: [cellsAt(0)] }, []);
const mapping = compileMapping(recognised.mapping, columns);

/** The item that the product makes of the row at this position of the file. */
function itemAt(position: number): AssignmentItem {
  const cells = cellsAt(position);
  const row = rowToAssignment(cells, mapping, BENCH_FRAME);
  if (!('assignment' in row)) throw new Error(`Row ${position} is none: ${JSON.stringify(row.problems)}`);
  const batchId = 'batch_00000000-0000-4000-8000-000000000000';
  const rowNumber = position + 2;
  const assignment = rowAssignment(
    { rowNumber, cells, assignment: row.assignment },
    {
      batchId,
      author: { id: 'user_00000000-0000-4000-8000-000000000000', role: 'admin', department: 'Registry' },
      requestId: 'req_00000000-0000-4000-8000-000000000000',
      createdAt: new Date().toISOString(),
    },
  );
  return toItem(assignment, {
    writeToken: rowToken(batchId, rowNumber),
    contentHash: contentHash(assignment),
  });
}
