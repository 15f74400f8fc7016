import { DeleteCommand, type DeleteCommandInput, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { runCheck } from '@/lib/server/consistency/run-check';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { Assignment } from '@/lib/shared/assignment';
import { type RepairEvent, repairEventSchema } from '@/lib/shared/audit-event';
import type { CheckRunDetail, InvariantName } from '@/lib/shared/consistency';
import type { Actor } from '@/lib/shared/session';
import { aCourse, anInstructor, eventsOf } from '@/tests/support/factories';
import { aNewAssignment } from '@/tests/support/new-assignment';

/** Somebody who checks and repairs. */
export const CHECKER = { id: 'user_admin', role: 'admin', department: 'Registry', name: 'Ada Min' } as const;

/** A check of everything, worked on by this process. */
export const check = (): Promise<CheckRunDetail> =>
  runCheck({ trigger: 'command', startedBy: CHECKER }, newRequestId());

/** What a check found about one target, for comparing. */
export const findingsAbout = ({ differences }: CheckRunDetail, target: string) =>
  differences.items.filter((difference) => difference.target === target);

/** Every difference of a check, in a line each. */
export const linesOf = ({ differences }: CheckRunDetail) =>
  differences.items.map(({ invariant, target, expected, found }) =>
    [invariant, target, JSON.stringify(expected), JSON.stringify(found)].join(' '),
  );

/** Assignments of a course and an instructor of their own, made the usual way. */
export async function aTaughtCourse(assignments: number) {
  const courseId = await aCourse();
  const instructor = await anInstructor([courseId]);
  const created: Assignment[] = [];
  for (let at = 0; at < assignments; at++) created.push(await aCreated(courseId, instructor));
  await effectsApplied();
  return { courseId, instructor, created };
}

export function aCreated(courseId: string, instructor: Actor): Promise<Assignment> {
  const form = aNewAssignment({ courseId, title: 'Essay' });
  return createAssignment(form, instructor, { requestId: newRequestId() });
}

/** Changes attributes of any stored item by hand. */
export async function setByHand(
  place: { TableName: string; Key: Record<string, string> },
  values: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(values);
  await documentClient.send(
    new UpdateCommand({
      ...place,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
    }),
  );
}

/** Deletes any stored item by hand. */
export async function deleteByHand(place: DeleteCommandInput): Promise<void> {
  await documentClient.send(new DeleteCommand(place));
}

/** Takes the creation event of an assignment out of the audit table by hand. */
export async function loseEvent(assignmentId: string): Promise<void> {
  for (const event of await eventsOf(assignmentId)) {
    const { lane, eventKey } = toAuditItem(event);
    await deleteByHand({ TableName: env.AUDIT_TABLE, Key: { lane, eventKey } });
  }
}

/** Every stored audit event of repairs of a target. */
export async function repairEventsOf(invariant: InvariantName, target: string): Promise<RepairEvent[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': `invariant#${invariant}#${target}` },
    }),
  );
  return Items.map((item) => repairEventSchema.parse(item));
}
