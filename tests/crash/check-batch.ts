import { env } from '@/lib/server/env';
import type { BatchFile } from '@/tests/crash/batch-file';
import { type Finding, finding } from '@/tests/crash/findings';
import {
  type Item,
  rawAssignments,
  rawEventRows,
  rawItem,
  rawPartition,
  rawSingleEventRows,
  unpacked,
} from '@/tests/crash/raw-tables';
import { brokenEquation } from '@/tests/crash/watch-equation';

type Checked = {
  batchId: string;
  file: BatchFile;
  /** Rows that a person has edited, with their new titles. */
  edited: Map<number, string>;
};

/** Everything that the tables hold about a batch, read without the product. */
type Facts = Checked & {
  meta: Item;
  undo: Item | undefined;
  all: Item[];
  /** The batch's assignments by row; a row with two is doubled. */
  byRow: Map<number, Item[]>;
  created: number[];
  deleted: number[];
  failed: Set<number>;
  parts: Item[];
};

/** Compares what a batch says with what the tables hold, once it has ended: row by row, event by event, counter by counter. */
export async function checkBatch(checked: Checked): Promise<Finding[]> {
  const facts = await readFacts(checked);
  if (!facts) return finding('lost', checked.file.valid.size, 'the batch itself is gone');
  return [
    ...brokenEquation(facts.meta),
    ...(facts.undo ? brokenEquation(facts.undo) : []),
    ...numbers(facts),
    ...rows(facts),
    ...contents(facts),
    ...events(facts),
    ...listedRejections(facts),
    ...(await counters(facts)),
  ];
}

async function readFacts(checked: Checked): Promise<Facts | undefined> {
  const { batchId } = checked;
  const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
  if (!meta) return undefined;
  const undoId = typeof meta.undoneBy === 'string' ? meta.undoneBy : undefined;
  const all = await rawAssignments();
  const failedItems = await rawPartition(env.FAILED_ITEMS_TABLE, 'origin', `batch#${batchId}`);
  return {
    ...checked,
    meta,
    undo: undoId ? await rawItem(env.BATCHES_TABLE, { batchId: undoId, part: 'META' }) : undefined,
    all,
    byRow: byRowNumber(all.filter((item) => item.batchId === batchId)),
    created: [...(await rawEventRows(batchId, 'CREATE_ASSIGNMENT')), ...(await rawSingleEventRows(batchId))],
    deleted: undoId ? await rawEventRows(undoId, 'DELETE_ASSIGNMENT') : [],
    failed: new Set(failedItems.filter(isUnresolved).map(({ rowNumber }) => Number(rowNumber))),
    parts: await rawPartition(env.BATCHES_TABLE, 'batchId', batchId),
  };
}

const isUnresolved = ({ state }: Item) => state !== 'succeeded' && state !== 'discarded';

function byRowNumber(items: Item[]): Map<number, Item[]> {
  const byRow = new Map<number, Item[]>();
  for (const item of items) {
    const rowNumber = Number(item.rowNumber);
    byRow.set(rowNumber, [...(byRow.get(rowNumber) ?? []), item]);
  }
  return byRow;
}

/** The batch's own numbers against the file and against what is there. */
function numbers({ file, meta, undo, byRow, created, deleted, failed }: Facts): Finding[] {
  const stored = [...byRow.values()].flat().length;
  const there = undo ? Number(undo.kept) : Number(meta.created);
  const differences: [name: string, says: unknown, is: number][] = [
    ['rows of the file', meta.rows, file.valid.size + file.bad.size],
    ['assignments with this batchId', there, stored],
    ['create events', meta.created, created.length],
    ['failed items', meta.failed, failed.size],
    ['rows that still wait', meta.waiting, 0],
    ...(undo
      ? ([
          ['rows to undo', undo.rows, created.length],
          ['delete events', undo.deleted, deleted.length],
          ['rows whose undo still waits', undo.waiting, 0],
        ] as const)
      : []),
  ].map(([name, says, is]) => [String(name), says, Number(is)]);
  return differences.flatMap(([name, says, is]) =>
    finding('miscounted', Number(says) - is, `${name}: the batch says ${says}, there are ${is}`),
  );
}

/** Every row of the file in exactly one place. */
function rows({ file, meta, undo, byRow, failed, edited }: Facts): Finding[] {
  const doubled = [...byRow].filter(([, items]) => items.length > 1).map(([row]) => row);
  const isEnded = meta.state === 'done' || meta.state === 'done_with_failures';
  const valid = [...file.valid.keys()];
  const missing = isEnded ? valid.filter((row) => !byRow.has(row) && !failed.has(row)) : [];
  const unwanted = [...byRow.keys()].filter((row) => !file.valid.has(row) || failed.has(row));
  const left = undo ? [...byRow.keys()].filter((row) => !edited.has(row)) : [];
  return [
    ...finding('doubled', doubled.length, `rows with two assignments: ${first(doubled)}`),
    ...finding('lost', missing.length, `rows that are neither created nor failed: ${first(missing)}`),
    ...finding('miscounted', unwanted.length, `assignments of bad or failed rows: ${first(unwanted)}`),
    ...finding('miscounted', left.length, `unchanged rows that the undo left: ${first(left)}`),
  ];
}

/** An assignment says what its row says, or what a person has made of it since. */
function contents({ file, byRow, edited }: Facts): Finding[] {
  const wrong = [...byRow].filter(([row, [item]]) => {
    const expected = file.valid.get(row);
    return item?.title !== (edited.get(row) ?? expected?.title) || item?.courseId !== expected?.courseId;
  });
  const gone = [...edited.keys()].filter((row) => !byRow.has(row));
  return [
    ...finding('lost', wrong.length, `rows whose content is another: ${first(wrong.map(([row]) => row))}`),
    ...finding('lost', gone.length, `edited rows that are gone: ${first(gone)}`),
  ];
}

/** One create event per created row, and one delete event per row that an undo took back. */
function events({ undo, byRow, created, deleted }: Facts): Finding[] {
  const createdRows = new Set(created);
  const deletedRows = new Set(deleted);
  const unaudited = [...byRow.keys()].filter((row) => !createdRows.has(row));
  const gone = undo ? created.filter((row) => !byRow.has(row) && !deletedRows.has(row)) : [];
  const untrue = undo ? deleted.filter((row) => byRow.has(row)) : created.filter((row) => !byRow.has(row));
  return [
    ...finding('doubled', created.length - createdRows.size, 'rows with two create events'),
    ...finding('doubled', deleted.length - deletedRows.size, 'rows with two delete events'),
    ...finding('lost', unaudited.length, `assignments without create event: ${first(unaudited)}`),
    ...finding('lost', gone.length, `rows that are gone without delete event: ${first(gone)}`),
    ...finding('miscounted', untrue.length, `events about rows for which it is not true: ${first(untrue)}`),
  ];
}

/** Bad rows of the file are kept with their reasons. */
function listedRejections({ parts, file }: Facts): Finding[] {
  const listed = parts
    .filter(({ part }) => String(part).startsWith('R#'))
    .flatMap((part) => unpacked(part).rejected.map(({ rowNumber }: Item) => Number(rowNumber)));
  const missing = [...file.bad].filter((row) => !listed.includes(row));
  return [
    ...finding('lost', missing.length, `rejected rows that are not listed: ${first(missing)}`),
    ...finding('miscounted', listed.length - file.bad.size, `rejected rows listed: ${listed.length}`),
  ];
}

/** Counters of courses and of the person who uploaded, over everything that is stored. */
async function counters({ file, meta, all }: Facts): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const courseId of file.courseIds) {
    const course = await rawItem(env.COURSES_TABLE, { courseId });
    const count = all.filter((item) => item.courseId === courseId).length;
    const says = Number(course?.assignmentCount ?? 0);
    found.push(...finding('miscounted', says - count, `course ${courseId} says ${says}, has ${count}`));
  }
  const userId = String(Object(meta.createdBy).id);
  const user = await rawItem(env.USERS_TABLE, { userId });
  const count = all.filter((item) => item.instructorId === userId).length;
  const says = Number(user?.assignmentsCreated ?? 0);
  return [...found, ...finding('miscounted', says - count, `uploader says ${says}, has ${count}`)];
}

function first(rows: number[]): string {
  return rows.slice(0, 5).join(', ');
}
