import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { resourceKey, toAssignmentEvent } from '@/lib/server/audit-log/audit-event-item';
import { createCourse } from '@/lib/server/courses/create-course';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { Assignment } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';
import { aNewAssignment } from '@/tests/support/new-assignment';

/** A complete assignment that nobody else in the run has. */
export function anAssignment(overrides: Partial<Assignment> = {}): Assignment {
  const now = new Date().toISOString();
  return {
    ...aNewAssignment(),
    assignmentId: `assignment_${randomUUID()}`,
    version: 1,
    createdBy: { id: 'user_1', role: 'instructor', department: 'Physics' },
    createdAt: now,
    updatedAt: now,
    requestId: newRequestId(),
    pendingEffects: [],
    ...overrides,
  };
}

/** An instructor who exists in the users table and teaches these courses. */
export async function anInstructor(courseIds: string[] = []): Promise<Actor> {
  const id = `user_${randomUUID()}`;
  const email = `${id}@example.edu`;
  const actor: Actor = { id, role: 'instructor', department: 'Physics', name: 'Ada', email, courseIds };
  await documentClient.send(new PutCommand({ TableName: env.USERS_TABLE, Item: { userId: id, ...actor } }));
  return actor;
}

/** A course of its own that exists in the courses table. */
export async function aCourse(courseId = `C-${randomUUID().slice(0, 8).toUpperCase()}`): Promise<string> {
  const course = {
    courseId,
    title: 'Oceans',
    department: 'STEM',
    timeZone: 'Europe/London',
    startsOn: '2030-02-01',
  };
  await createCourse(course);
  return courseId;
}

async function itemOf(TableName: string, Key: Record<string, string>) {
  const { Item } = await documentClient.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}

export const courseItem = (courseId: string) => itemOf(env.COURSES_TABLE, { courseId });
export const userItem = (userId: string) => itemOf(env.USERS_TABLE, { userId });
export const assignmentItem = (assignmentId: string) => itemOf(env.ASSIGNMENTS_TABLE, { assignmentId });

/** Every stored assignment of a course, straight from the index. */
export async function assignmentsOf(courseId: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.ASSIGNMENTS_TABLE,
      IndexName: 'byCourse',
      KeyConditionExpression: 'courseId = :courseId',
      ExpressionAttributeValues: { ':courseId': courseId },
    }),
  );
  return Items;
}

/** Every stored audit event of an assignment, oldest first. */
export async function eventsOf(assignmentId: string) {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': resourceKey(assignmentId) },
    }),
  );
  return Items.map(toAssignmentEvent);
}
