import { actorMonth } from '@/lib/server/audit-log/audit-event-item';
import { toSegmentItem } from '@/lib/server/audit-log/segment';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import { hourOf } from '@/lib/shared/audit-hour';
import { aNewAssignment } from '@/tests/support/new-assignment';

const ROWS = 500;

const KINDS = ['Essay', 'Report', 'Quiz', 'Lab book'];
const SUBJECTS = ['tides', 'glaciers', 'rivers', 'currents', 'ice', 'rain', 'deltas'];

const AUTHOR = { id: 'user_0', role: 'admin' as const, department: 'Registry' };

/** The segments of a batch of so many rows that was written from an instant on, a second for each. */
export async function* loadSegments(rows: number, begunAt: string) {
  const batchId = 'batch_rows';
  for (let first = 0; first < rows; first += ROWS) {
    const writtenAt = new Date(Date.parse(begunAt) + (first / ROWS) * 1000).toISOString();
    const origin = { batchId, author: AUTHOR, requestId: 'req_1764000000000_batchrows', createdAt: begunAt };
    const item = await toSegmentItem({
      ...{ action: 'CREATE_ASSIGNMENT', batchId, sourceBatchId: batchId, author: AUTHOR },
      ...{ requestId: origin.requestId, time: begunAt },
      rows: Array.from({ length: Math.min(ROWS, rows - first) }, (_, at) => {
        const rowNumber = first + at + 2;
        const row = { rowNumber, cells: [], assignment: aNewAssignment(contentOf(rowNumber)) };
        return { rowNumber, assignment: rowAssignment(row, origin) };
      }),
    });
    yield {
      ...item,
      ...{ ingestedAt: writtenAt, timeKey: `${writtenAt}#${batchId}#${item.eventKey}` },
      ...{ segmentHour: hourOf(writtenAt), actorMonth: actorMonth(AUTHOR.id, writtenAt.slice(0, 7)) },
    };
  }
}

/** Rows as in a file of a university: few courses and types, titles and dates of their own. */
function contentOf(row: number) {
  const mixed = (row * 2_654_435_761) % 4_294_967_296;
  return {
    courseId: `MOD${mixed % 40}-2026J`,
    title: `${KINDS[mixed % KINDS.length]} ${row} on ${SUBJECTS[mixed % SUBJECTS.length]}`,
    type: ASSIGNMENT_TYPES[mixed % ASSIGNMENT_TYPES.length] ?? 'quiz',
    points: 10 + (mixed % 10) * 10,
    weight: mixed % 100,
    dueAt: new Date(Date.UTC(2026, 9, 1 + (mixed % 120), 22, 59)).toISOString(),
  };
}
