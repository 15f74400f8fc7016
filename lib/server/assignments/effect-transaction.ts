import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { counterUpdate, courseCounter, instructorCounter } from '@/lib/server/assignments/counters';
import type { PendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { env } from '@/lib/server/env';
import type { Effect } from '@/lib/shared/assignment';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of an effect transaction, and whom its refusal concerns: a counter by its key, or an assignment by id. */
export type EffectWrite = { write: Write; counter?: string; assignmentId?: string };

/** What refused counters taught: those that do not exist, and those that have a later instant already. */
export type CounterFacts = { missing: Set<string>; later: Set<string> };

/** DynamoDB takes at most this many writes in one transaction. */
export const MAX_WRITES = 100;

/**
 * The writes that apply `effects` of these assignments: each counter once with the sum, the audit events, and each
 * assignment with the effects removed under the condition that they are still as given. All of it happens or nothing.
 */
export async function effectWrites(
  pending: PendingAssignment[],
  effects: ReadonlySet<Effect>,
  facts: CounterFacts,
  requestId: string,
): Promise<EffectWrite[]> {
  const due = pending.map((assignment) => ({ assignment, effects: dueEffects(assignment, effects) }));
  const having = (effect: Effect) =>
    due.filter(({ effects }) => effects.has(effect)).map(({ assignment }) => assignment);
  return [
    ...counterWrites(having('course'), ({ courseId }) => courseId, courseCounter, facts),
    ...counterWrites(having('instructor'), ({ createdBy }) => createdBy.id, instructorCounter, facts),
    ...(await Promise.all(having('audit').map((assignment) => pendingWrites(assignment, requestId)))).flat(),
    ...due
      .filter(({ effects }) => effects.size > 0)
      .map(({ assignment, effects }) => removal(assignment, effects)),
  ];
}

/** The events that wait on an assignment; one that has arrived already needs no write. */
async function pendingWrites(
  { pendingEvents, assignmentId }: PendingAssignment,
  requestId: string,
): Promise<EffectWrite[]> {
  const writes = await Promise.all(pendingEvents.map((event) => eventWrites(event, requestId)));
  return writes.flat().map((write) => ({ write, assignmentId }));
}

function dueEffects({ pendingEffects }: PendingAssignment, effects: ReadonlySet<Effect>): Set<Effect> {
  return new Set([...pendingEffects].filter((effect) => effects.has(effect)));
}

function counterWrites(
  assignments: PendingAssignment[],
  idOf: (assignment: PendingAssignment) => string,
  counterOf: typeof courseCounter,
  { missing, later }: CounterFacts,
): EffectWrite[] {
  const instantsById = new Map<string, string[]>();
  for (const assignment of assignments) {
    const id = idOf(assignment);
    instantsById.set(id, [...(instantsById.get(id) ?? []), assignment.createdAt]);
  }
  return [...instantsById].flatMap(([id, instants]) => {
    const counter = counterOf(id);
    const name = `${counter.table}#${id}`;
    if (missing.has(name)) return [];
    const latest = instants.sort().at(-1);
    const update = counterUpdate(counter, {
      count: instants.length,
      ...(latest && !later.has(name) ? { latest } : {}),
    });
    return [{ write: { Update: update }, counter: name }];
  });
}

/** Removing the last effects also takes the assignment out of the sparse index. */
function removal(
  { assignmentId, pendingEffects, pendingEvents }: PendingAssignment,
  effects: Set<Effect>,
): EffectWrite {
  const isLast = effects.size === pendingEffects.size;
  const hasEvents = effects.has('audit') && pendingEvents.length > 0;
  const remove = [
    ...(isLast ? ['pendingEffects', 'pendingShard', 'pendingSince'] : []),
    ...(hasEvents ? ['pendingEvents'] : []),
  ];
  return {
    assignmentId,
    write: {
      Update: {
        TableName: env.ASSIGNMENTS_TABLE,
        Key: { assignmentId },
        UpdateExpression: [
          ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
          ...(isLast ? [] : ['DELETE pendingEffects :effects']),
        ].join(' '),
        ConditionExpression: `pendingEffects = :known${
          // The list only grows until it is removed whole, so its first event and its length tell it apart.
          hasEvents ? ' AND size(pendingEvents) = :events AND pendingEvents[0].eventId = :first' : ''
        }`,
        ExpressionAttributeValues: {
          ':known': pendingEffects,
          ...(isLast ? {} : { ':effects': effects }),
          ...(hasEvents ? { ':events': pendingEvents.length, ':first': pendingEvents[0]?.eventId } : {}),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}
