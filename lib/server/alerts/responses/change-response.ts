import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { placeOf, RESPONSE_LANE } from '@/lib/server/alerts/alert-item';
import type { ResponseItem } from '@/lib/server/alerts/responses/response-item';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import { documentClient } from '@/lib/server/dynamodb';
import { refusalAt } from '@/lib/server/stored-item';
import { writeIf } from '@/lib/server/write-if';
import type { AuditAuthor, AuditChange, SettingEvent } from '@/lib/shared/audit-event';

type Set = Partial<Omit<ResponseItem, 'responseId' | 'version'>>;

type Audited = {
  action: SettingEvent['action'];
  changes: Record<string, AuditChange>;
  author: AuditAuthor;
  reason?: string;
};

/**
 * Changes a response as it was read, together with its audit event, once.
 * @returns the response afterwards; undefined where somebody else has changed it since
 * @throws {AppError} what DynamoDB answered
 */
export async function changeResponse(
  before: ResponseItem,
  set: Set,
  { audited, requestId }: { audited: Audited; requestId: string },
): Promise<ResponseItem | undefined> {
  const after = { ...before, ...set, version: before.version + 1 };
  const event = settingEvent({
    ...audited,
    ...{ name: `response ${before.responseId}`, requestId, time: new Date().toISOString() },
  });
  try {
    await writeWithEvent({
      ...{ writes: [{ Put: putOf(before, after) }], event, operation: 'changeResponse', requestId },
    });
    return after;
  } catch (thrown) {
    if (refusalAt(thrown, 0) === 'ConditionalCheckFailed') return undefined;
    throw thrown;
  }
}

/** Keeps what a response has to remember, where nothing begins or ends for anybody. */
export async function noteOnResponse(
  before: ResponseItem,
  set: Pick<Set, 'targets' | 'waitingSince'>,
  requestId: string,
): Promise<void> {
  const command = new PutCommand(putOf(before, { ...before, ...set, version: before.version + 1 }));
  await writeIf(() => documentClient.send(command), { operation: 'noteOnResponse', requestId });
}

function putOf(before: ResponseItem, after: ResponseItem) {
  const { TableName, Key } = placeOf(RESPONSE_LANE, before.responseId);
  return {
    TableName,
    Item: { ...Key, ...after },
    ConditionExpression: 'attribute_not_exists(lane) OR version = :read',
    ExpressionAttributeValues: { ':read': before.version },
  };
}
