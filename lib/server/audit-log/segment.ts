import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip } from 'node:zlib';
import * as z from 'zod';
import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { assignmentEventId, auditValue } from '@/lib/server/audit-log/assignment-event';
import { actorMonth } from '@/lib/server/audit-log/audit-event-item';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import { type AssignmentEvent, auditValueSchema } from '@/lib/shared/audit-event';
import { hourOf } from '@/lib/shared/audit-hour';
import { type Author, authorSchema } from '@/lib/shared/session';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const unzip = promisify(gunzip);

/** Two thirds of what gzip makes of the same rows, in the same time; the highest quality takes ten times as long. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** The events of many rows of a batch in one item. */
export type Segment = {
  action: 'CREATE_ASSIGNMENT' | 'DELETE_ASSIGNMENT';
  /** The batch that did it, and the one that the rows come from: for an undo they differ. */
  batchId: string;
  sourceBatchId: string;
  author: Author;
  requestId: string;
  time: string;
  rows: { rowNumber: number; assignment: Assignment }[];
};

/** What an event says about the row besides its content, which a deletion does not repeat. */
const RESOURCE_FIELDS = ['courseId', 'title', 'type'] as const;

/** One list per field instead of one object per row: equal values beside each other pack to almost nothing. */
const columnsSchema = z.object({
  /** Differences of row numbers, which are mostly 1. */
  rowSteps: z.array(z.int()),
  /** Null where the id is the one that follows from batch and row. */
  assignmentIds: z.array(z.string().nullable()),
  fields: z.partialRecord(z.enum(CONTENT_FIELDS), z.array(auditValueSchema)),
});

const segmentItemSchema = z.object({
  action: z.enum(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']),
  batchId: z.string(),
  sourceBatchId: z.string(),
  actor: authorSchema,
  requestId: z.string(),
  time: z.string(),
  /** When the segment was written: what its rows' events say, and where readers find it. Absent before there were seals. */
  ingestedAt: z.string().optional(),
  ttl: z.int(),
  packed: z.instanceof(Uint8Array),
});

/** The partition of the segments of a batch. */
export const segmentLane = (batchId: string) => `S#${batchId}`;

/** Sort key of the segment that begins with this row. */
export const segmentKey = (rowNumber: number) => `rows#${String(rowNumber).padStart(9, '0')}`;

/**
 * The item that holds the audit events of these rows: packed by column, about 3 KB for 500 rows. Its key
 * follows from the batch and its first row, so writing it again replaces nothing but itself.
 */
export async function toSegmentItem(segment: Segment) {
  const { rows, batchId, author, time } = segment;
  const ingestedAt = new Date().toISOString();
  const eventKey = segmentKey(rows[0]?.rowNumber ?? 0);
  const fields = segment.action === 'CREATE_ASSIGNMENT' ? CONTENT_FIELDS : RESOURCE_FIELDS;
  const columns: z.infer<typeof columnsSchema> = {
    rowSteps: rows.map(({ rowNumber }, position) => rowNumber - (rows[position - 1]?.rowNumber ?? 0)),
    assignmentIds: rows.map(({ rowNumber, assignment: { assignmentId } }) =>
      assignmentId === derivedId(segment.sourceBatchId, rowNumber) ? null : assignmentId,
    ),
    fields: Object.fromEntries(
      fields.map((field) => [field, rows.map(({ assignment }) => auditValue(assignment[field]))]),
    ),
  };
  return {
    lane: segmentLane(batchId),
    eventKey,
    timeKey: `${ingestedAt}#${batchId}#${eventKey}`,
    segmentHour: hourOf(ingestedAt),
    actorMonth: actorMonth(author.id, ingestedAt.slice(0, 7)),
    batchKey: batchId,
    schemaVersion: 1,
    action: segment.action,
    batchId,
    sourceBatchId: segment.sourceBatchId,
    actor: { id: author.id, role: author.role, department: author.department },
    requestId: segment.requestId,
    time,
    ingestedAt,
    outcome: 'success',
    ttl: eventTtl(segment.action, time),
    events: rows.length,
    packed: await compress(JSON.stringify(columns), BROTLI),
  };
}

/** The events in a stored segment, in the order of the rows, each as it would be if it were stored alone. */
export async function expandSegment(item: Record<string, unknown>): Promise<AssignmentEvent[]> {
  const segment = segmentItemSchema.parse(item);
  const columns = columnsSchema.parse(JSON.parse((await unpack(segment.packed)).toString('utf8')));
  let rowNumber = 0;
  return columns.rowSteps.map((step, position) => {
    rowNumber += step;
    const assignmentId = columns.assignmentIds[position] ?? derivedId(segment.sourceBatchId, rowNumber);
    return toEvent(segment, columns.fields, { rowNumber, position, assignmentId });
  });
}

/** Segments were gzipped once, which their first two bytes tell. */
function unpack(packed: Uint8Array): Promise<Buffer> {
  return packed[0] === 0x1f && packed[1] === 0x8b ? unzip(packed) : decompress(packed);
}

type Place = { rowNumber: number; position: number; assignmentId: string };

function toEvent(
  segment: z.infer<typeof segmentItemSchema>,
  fields: z.infer<typeof columnsSchema>['fields'],
  { rowNumber, position, assignmentId }: Place,
): AssignmentEvent {
  const { action, batchId, actor, requestId, ttl } = segment;
  const time = segment.ingestedAt ?? segment.time;
  const valueAt = (field: (typeof CONTENT_FIELDS)[number]) => fields[field]?.[position] ?? null;
  const changes = action === 'CREATE_ASSIGNMENT' ? CONTENT_FIELDS : [];
  return {
    schemaVersion: 1,
    eventId: assignmentEventId({ requestId, action, assignmentId }),
    action,
    outcome: 'success',
    actor,
    resource: {
      kind: 'assignment',
      assignmentId,
      courseId: String(valueAt('courseId')),
      title: String(valueAt('title')),
      type: String(valueAt('type')),
    },
    changes: Object.fromEntries(changes.map((field) => [field, { after: valueAt(field) }])),
    assignmentVersion: 1,
    batch: { batchId, rowNumber },
    time,
    requestId,
    ttl,
  };
}

function derivedId(batchId: string, rowNumber: number): string {
  return derivedAssignmentId(rowToken(batchId, rowNumber), 0);
}
