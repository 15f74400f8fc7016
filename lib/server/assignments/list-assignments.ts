import * as z from 'zod';
import { NO_DUE_DATE, titleKey, toSummary } from '@/lib/server/assignments/assignment-item';
import { requireCourseAccess } from '@/lib/server/courses/require-course-access';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';
import type { AssignmentFilter, AssignmentSummary } from '@/lib/shared/assignment';
import { mayEnterCourse } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

/** Sorts after every character of an id or an instant. */
const LAST = '\uffff';

const cursorSchema = z.object({ dueKey: z.string().regex(/^[^#]+#.+$/) });

/**
 * Lists the assignments of a course, or of an instructor (by default the caller), by due date; those without one come
 * last and only where no due range is asked for. Instructors see courses they teach.
 * @throws {AppError} FORBIDDEN for a foreign course or instructor
 */
export async function listAssignments(
  filter: AssignmentFilter,
  actor: Actor,
  requestId: string,
): Promise<Page<AssignmentSummary>> {
  if (filter.courseId) requireCourseAccess(actor, filter.courseId);
  else requireOwnList(actor, filter.instructorId);

  const { items, lastItem } = await queryPage(query(filter, actor), {
    operation: 'listAssignments',
    requestId,
    limit: filter.limit,
    keep: ({ courseId, instructorId }) =>
      mayEnterCourse(actor, String(courseId)) &&
      (!filter.courseId || !filter.instructorId || instructorId === filter.instructorId),
  });
  return {
    items: items.map(toSummary),
    cursor: lastItem ? encodeCursor({ dueKey: String(lastItem.dueKey) }) : null,
  };
}

function requireOwnList(actor: Actor, instructorId: string | undefined): void {
  if (actor.role !== 'instructor' || instructorId === undefined || instructorId === actor.id) return;
  const message = 'Instructors can list their own assignments, or those of a course they teach';
  throw new AppError('FORBIDDEN', message, {
    fields: [{ field: 'instructorId', message, value: instructorId }],
  });
}

function query(filter: AssignmentFilter, actor: Actor) {
  const { courseId, instructorId = actor.id, order, cursor } = filter;
  const partition = courseId ? { courseId } : { instructorId };
  const index = courseId
    ? { IndexName: 'byCourse', KeyConditionExpression: 'courseId = :owner AND dueKey BETWEEN :from AND :to' }
    : {
        IndexName: 'byInstructor',
        KeyConditionExpression: 'instructorId = :owner AND dueKey BETWEEN :from AND :to',
      };
  const { conditions, names, values } = conditionsOf(filter);
  return {
    TableName: env.ASSIGNMENTS_TABLE,
    ...index,
    ...(conditions.length > 0 ? { FilterExpression: conditions.join(' AND ') } : {}),
    ...names,
    ExpressionAttributeValues: { ':owner': courseId ?? instructorId, ...dueRange(filter), ...values },
    ScanIndexForward: order === 'asc',
    ...(cursor ? { ExclusiveStartKey: { ...partition, ...startKey(cursor) } } : {}),
  };
}

function conditionsOf({ status, title }: AssignmentFilter) {
  return {
    conditions: [
      ...(status ? ['#status = :status'] : []),
      ...(title ? ['begins_with(titleKey, :title)'] : []),
    ],
    names: status ? { ExpressionAttributeNames: { '#status': 'status' } } : {},
    values: { ...(status ? { ':status': status } : {}), ...(title ? { ':title': titleKey(title) } : {}) },
  };
}

function dueRange({ dueFrom, dueTo }: AssignmentFilter) {
  const latest = dueFrom === undefined ? LAST : NO_DUE_DATE;
  return { ':from': dueFrom ?? '0', ':to': dueTo === undefined ? latest : `${dueTo}#${LAST}` };
}

function startKey(cursor: string) {
  const { dueKey } = decodeCursor(cursor, cursorSchema);
  return { dueKey, assignmentId: dueKey.slice(dueKey.indexOf('#') + 1) };
}
