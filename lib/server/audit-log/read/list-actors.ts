import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namesOf } from '@/lib/server/audit-log/read/people';
import { actorsLane } from '@/lib/server/audit-log/seals/actor-counts';
import { userRecords } from '@/lib/server/auth/user-records';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { AuditActors } from '@/lib/shared/audit-log';

const countSchema = z.object({ eventKey: z.string(), role: z.string(), events: z.int() });

/** Suggestions are for choosing from: who is not among them is found by ID. */
const MOST_SHOWN = 100;

const userSchema = z.object({ id: z.string(), name: z.string(), role: z.string() });

/**
 * Who did something in the sealed hours of this month and the last one, most active first; or the one person with an
 * email, active or not.
 * @throws {AppError} what DynamoDB answered
 */
export async function listActors(requestId: string, email?: string): Promise<AuditActors> {
  const byActor = await recentEvents(requestId);
  if (email !== undefined) return findActor(email, byActor, requestId);
  const most = [...byActor].sort(([, a], [, b]) => b.events - a.events).slice(0, MOST_SHOWN);
  const names = await namesOf(
    most.map(([id]) => id),
    requestId,
  );
  return { actors: most.map(([id, count]) => ({ id, name: names[id]?.name ?? null, ...count })) };
}

type ByActor = Map<string, { role: string; events: number }>;

async function findActor(email: string, byActor: ByActor, requestId: string): Promise<AuditActors> {
  const context = { operation: 'findActor', requestId, maxRetries: env.MAX_RETRIES };
  const users = await withRetry(() => userRecords.find({ email: email.toLowerCase() }), context);
  const actors = users.map((user) => {
    const { id, name, role } = userSchema.parse(user);
    return { id, name, role, events: byActor.get(id)?.events ?? 0 };
  });
  return { actors };
}

async function recentEvents(requestId: string): Promise<ByActor> {
  const now = new Date();
  const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const months = [now, lastMonth].map((date) => date.toISOString().slice(0, 7));
  const counts = (await Promise.all(months.map((month) => countsOf(month, requestId)))).flat();
  const byActor: ByActor = new Map();
  for (const { eventKey: id, role, events } of counts) {
    byActor.set(id, { role, events: (byActor.get(id)?.events ?? 0) + events });
  }
  return byActor;
}

async function countsOf(month: string, requestId: string) {
  const command = new QueryCommand({
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': actorsLane(month) },
  });
  const context = { operation: 'listActors', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [] } = await withRetry(() => documentClient.send(command), context);
  return Items.map((item) => countSchema.parse(item));
}
