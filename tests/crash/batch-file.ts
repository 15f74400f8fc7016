import { createHash } from 'node:crypto';
import type { RoundPlan } from '@/tests/crash/round-plan';
import { CSV_HEADER, csvRow } from '@/tests/support/csv-row';
import type { Random } from '@/tests/support/random';

/** A file of a round: its bytes, and what must become of each of its rows. */
export type BatchFile = {
  fileName: string;
  bytes: Buffer;
  /** SHA-256, base64. */
  digest: string;
  courseIds: string[];
  /** What the rows that can be created say, by row number as in a spreadsheet. */
  valid: Map<number, { courseId: string; title: string }>;
  bad: Set<number>;
};

/** Rows with one mistake each. */
const MISTAKES: ((line: string) => string)[] = [
  (line) => line.replace(/^[^,]+/, 'NO-SUCH-COURSE'),
  (line) => line.replace(/^([^,]+),[^,]*/, '$1,'),
  (line) => line.replace(/,published,/, ',somehow,'),
  (line) => line.replace(/,published,\d+/, ',published,-5'),
  (line) => line.replace(/,2030-\d\d-\d\d,/, ',2030-02-31,'),
];

/** Generates the file of a round. */
export function makeBatchFile(plan: RoundPlan, mark: string, random: Random): BatchFile {
  const courseIds = Array.from({ length: plan.courses }, (_, position) => `CRASH-${mark}-${position + 1}`);
  const valid: BatchFile['valid'] = new Map();
  const bad = new Set<number>();
  let text = CSV_HEADER;
  for (let position = 0; position < plan.rows; position++) {
    const rowNumber = position + 2;
    const { line, courseId, title } = csvRow({ position, courseIds, mark });
    // The first rows stay right: they tell what the columns mean.
    const isBad = position > 20 && random.chance(plan.badShare);
    if (isBad) bad.add(rowNumber);
    else valid.set(rowNumber, { courseId, title });
    text += isBad ? (MISTAKES[bad.size % MISTAKES.length]?.(line) ?? line) : line;
  }
  const bytes = Buffer.from(text, 'utf8');
  const digest = createHash('sha256').update(bytes).digest('base64');
  return { fileName: `crash-${mark}.csv`, bytes, digest, courseIds, valid, bad };
}
