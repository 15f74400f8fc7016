import { dueKey, pendingShard, titleKey } from '@/lib/server/assignments/assignment-item';
import { env } from '@/lib/server/env';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

export type AssignmentUpdate = {
  before: Assignment;
  after: Assignment;
  /** The version that must still be stored. */
  seen: number;
  /** Names this change, so that it recognises itself after a lost answer. */
  writeToken: string;
  event: AssignmentEvent;
};

/**
 * The conditional update of the fields that differ. Where the audit event could not be written beside it (`pending`),
 * the item keeps the event and is listed until the audit table takes it.
 */
export function assignmentUpdate(
  { before, after, seen, writeToken, event }: AssignmentUpdate,
  audit: 'written' | 'pending',
) {
  const values: Record<string, unknown> = {
    ...Object.fromEntries(
      CONTENT_FIELDS.filter((field) => before[field] !== after[field]).map((field) => [field, after[field]]),
    ),
    titleKey: titleKey(after.title),
    dueKey: dueKey(after),
    version: after.version,
    updatedAt: after.updatedAt,
    changeToken: writeToken,
    ...(audit === 'pending'
      ? { pendingShard: pendingShard(after.assignmentId), pendingSince: after.updatedAt }
      : {}),
  };
  const names = Object.keys(values);
  const sets = names.map((name) => `#${name} = :${name}`);
  const pending = audit === 'pending';
  return {
    TableName: env.ASSIGNMENTS_TABLE,
    Key: { assignmentId: after.assignmentId },
    UpdateExpression: [
      `SET ${[...sets, ...(pending ? ['pendingEvents = list_append(if_not_exists(pendingEvents, :none), :events)'] : [])].join(', ')}`,
      ...(pending ? ['ADD pendingEffects :audit'] : []),
    ].join(' '),
    ConditionExpression: '#version = :seen',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      ':seen': seen,
      ...(pending ? { ':none': [], ':events': [event], ':audit': new Set(['audit']) } : {}),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}
