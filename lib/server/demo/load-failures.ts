import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { toItem } from '@/lib/server/assignments/assignment-item';
import { putIfNew } from '@/lib/server/assignments/write-assignment-with-retry';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { acceptBatch } from '@/lib/server/batches/accept-batch';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { createCourse } from '@/lib/server/courses/create-course';
import { whileRefused } from '@/lib/server/demo/refuse-writes';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import { createOrRecord } from '@/lib/server/failed-items/create-or-record';
import { rowName } from '@/lib/server/failed-items/failed-item-key';
import { readItem } from '@/lib/server/failed-items/read-items';
import { recordOverdueEffects } from '@/lib/server/failed-items/record/record-overdue-effects';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { newRequestId } from '@/lib/server/request-id';
import { AppError } from '@/lib/shared/app-error';
import type { NewAssignment } from '@/lib/shared/assignment';
import { csvLine } from '@/lib/shared/csv-line';
import type { Actor } from '@/lib/shared/session';

type People = { admin: Actor; instructor: Actor; ops: Actor };

const COLUMNS = ['courseId', 'title', 'type', 'status', 'points', 'weight', 'dueAt', 'assignmentId'];

/** The course that a file still names after it was given up. */
const CLOSED_COURSE = 'HHH-2014J';

const ROWS_OF_FILE = 60;
const THROTTLED_ROWS = Array.from({ length: 14 }, (_, at) => at * 3 + 4);
const OWN_IDS = ['lab-ddd-1', 'lab-ddd-2'];

/**
 * Prepares a realistic morning of the operations team, by the product's own ways with DynamoDB refusing some writes: rows of
 * a batch that were throttled to the end, rows whose course is gone, rows whose IDs were taken meanwhile, forms that gave up
 * and a count that is still to follow. Running it again adds nothing.
 * @returns how many failed items there are now
 */
export async function loadFailures(people: People): Promise<number> {
  const wasThere = await aLostForm(people, 'demo-lost-form-1');
  if (wasThere) return 0;
  await aLostForm(people, 'demo-lost-form-2');
  const throttled = await batchWithFailures(people, weeklyTests(), 'weekly-tests.csv', THROTTLED_ROWS);
  const closed = await rowsOfClosedCourse(people);
  const taken = await rowsWithTakenIds(people);
  const pending = await aPendingCount(people);
  await itemsSettled();
  return 2 + throttled.length + closed.length + taken.length + pending;
}

/** Sends a form while DynamoDB refuses it. Whether an earlier run has done so already. */
async function aLostForm({ instructor }: People, idempotencyKey: string): Promise<boolean> {
  const form = {
    ...anAssignment('AAA-2013J', `Field notes ${idempotencyKey.slice(-1)}`),
    description: 'What you saw, heard and measured, on two pages.',
  };
  const requestId = newRequestId();
  try {
    await whileRefused({ table: env.ASSIGNMENTS_TABLE, texts: ['Field notes'] }, () =>
      createOrRecord(form, instructor, { requestId, idempotencyKey }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failedItemId !== undefined) {
      return (await readItem(thrown.failedItemId, requestId)).requestId !== requestId;
    }
    throw thrown;
  }
}

function weeklyTests(): NewAssignment[] {
  return Array.from({ length: ROWS_OF_FILE }, (_, at) =>
    anAssignment(at % 2 ? 'CCC-2014J' : 'DDD-2013J', `Weekly test ${at + 1}`),
  );
}

async function rowsOfClosedCourse(people: People): Promise<string[]> {
  await createCourse({
    courseId: CLOSED_COURSE,
    title: 'Module HHH, presentation 2014J',
    department: 'Social Sciences',
    timeZone: 'Europe/London',
    startsOn: '2014-10-01',
  });
  const rows = ['Reading list', 'Reading diary', 'Book review', 'Viva'].map((title) =>
    anAssignment(CLOSED_COURSE, title),
  );
  const ids = await batchWithFailures(people, rows, 'module-hhh.csv', [2, 3, 4, 5]);
  const command = new DeleteCommand({ TableName: env.COURSES_TABLE, Key: { courseId: CLOSED_COURSE } });
  await documentClient.send(command);
  await retryBy(people.ops, ids);
  return ids;
}

async function rowsWithTakenIds(people: People): Promise<string[]> {
  const rows = OWN_IDS.map((assignmentId, at) => ({
    ...anAssignment('DDD-2014B', `Lab report ${at + 1}`),
    assignmentId,
  }));
  const ids = await batchWithFailures(people, rows, 'lab-reports.csv', [2, 3]);
  for (const { assignmentId, ...content } of rows) await takeId(assignmentId, content, people.admin);
  await retryBy(people.ops, ids);
  return ids;
}

async function takeId(assignmentId: string, content: NewAssignment, { id, role, department }: Actor) {
  const now = new Date().toISOString();
  const requestId = newRequestId();
  const assignment = {
    ...content,
    ...{ assignmentId, version: 1, createdAt: now, updatedAt: now, requestId },
    createdBy: { id, role, department },
    pendingEffects: ['course' as const, 'instructor' as const, 'audit' as const],
  };
  await putIfNew(toItem(assignment, { writeToken: requestId, contentHash: contentHash(assignment) }));
}

/** Uploads and runs a file while DynamoDB refuses these rows (numbers as in the file). The ids of their failed items. */
async function batchWithFailures(
  { admin }: People,
  rows: (NewAssignment & { assignmentId?: string })[],
  filename: string,
  refused: number[],
): Promise<string[]> {
  const lines = rows.map((row) => csvLine(COLUMNS.map((name) => textOf(row, name))));
  const bytes = Buffer.from([csvLine(COLUMNS), ...lines].join(''));
  const query = { filename, takenIds: 'reject' as const, again: false };
  const requestId = newRequestId();
  const { batchId } = await acceptBatch(
    { query, headers: new Headers({ 'content-type': 'text/csv' }), bytes: asStream(bytes) },
    { actor: admin, requestId },
  );
  await startBatch(batchId, admin, requestId);
  const texts = refused.map((row) => `"${rows[row - 2]?.title}"`);
  await whileRefused({ table: env.ASSIGNMENTS_TABLE, texts }, () =>
    lookAfterBatch(batchId, { requestId, isStopping: () => false }),
  );
  return refused.map((row) => rowName(batchId, row).id);
}

function textOf(row: NewAssignment & { assignmentId?: string }, name: string): string {
  const value = Object.entries(row).find(([field]) => field === name)?.[1];
  return value === undefined || value === null ? '' : String(value);
}

async function* asStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function retryBy({ id, role, department, name }: Actor, ids: string[]): Promise<void> {
  await actOnItems(
    ids,
    { action: 'retry' },
    {
      actor: { id, role, department, name },
      ...{ requestId: newRequestId(), asOf: new Date().toISOString(), reason: null, bulkId: null },
    },
  );
}

/** An assignment whose course was not counted: the sweeper makes up for it once the product runs. */
async function aPendingCount({ instructor }: People): Promise<number> {
  const form = { requestId: newRequestId(), idempotencyKey: 'demo-pending-count' };
  await whileRefused({ table: env.COURSES_TABLE, texts: ['BBB-2013J'] }, async () => {
    await createOrRecord(anAssignment('BBB-2013J', 'Glossary'), instructor, form);
    await effectsApplied();
    await recordOverdueEffects(new Date().toISOString(), form.requestId);
  });
  return 1;
}

function anAssignment(courseId: string, title: string): NewAssignment {
  return {
    courseId,
    title,
    description: '',
    type: 'homework',
    status: 'published',
    points: 100,
    weight: 5,
    availableFrom: null,
    dueAt: '2030-03-01T23:59:00.000Z',
    availableUntil: null,
    maxAttempts: null,
  };
}
