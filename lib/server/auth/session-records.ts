import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordStore } from '@/lib/server/auth/record-store';
import { updateFields } from '@/lib/server/auth/update-fields';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';

type Fields = Record<string, unknown>;

type Model = {
  model: string;
  /** The fields that together name one record. */
  keyFields: string[];
};

/** Records of a person that lie in the sessions table: found by their key, or all of one person by the index. */
export function sessionRecords({ model, keyFields }: Model): RecordStore {
  const keyOf = (record: Fields) => ({
    key: [model, ...keyFields.map((field) => String(record[field]))].join('#'),
  });

  async function read(conditions: Fields): Promise<Fields[]> {
    if (keyFields.every((field) => conditions[field] !== undefined)) return readOne(keyOf(conditions));
    if (conditions.userId !== undefined) return readOfUser(model, String(conditions.userId));
    const fields = Object.keys(conditions).join(', ') || 'nothing';
    throw new AppError('SYSTEM_ERROR', `The sign-in store cannot look up ${model} by ${fields}`);
  }

  return {
    create: async (record) => {
      await documentClient.send(
        new PutCommand({
          TableName: env.SESSIONS_TABLE,
          Item: { ...record, ...keyOf(record), ...ttlOf(record) },
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': 'key' },
        }),
      );
    },

    find: async (conditions) => {
      const records = await read(conditions);
      return records
        .filter((record) => !isExpired(record))
        .filter((record) => Object.entries(conditions).every(([field, value]) => record[field] === value))
        .map(({ key, ttl, ...record }) => record);
    },

    update: (record, changes) =>
      updateFields({ TableName: env.SESSIONS_TABLE, Key: keyOf(record) }, { ...changes, ...ttlOf(changes) }),

    remove: async (record) => {
      await documentClient.send(new DeleteCommand({ TableName: env.SESSIONS_TABLE, Key: keyOf(record) }));
    },
  };
}

async function readOne(key: { key: string }): Promise<Fields[]> {
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: env.SESSIONS_TABLE, Key: key, ConsistentRead: true }),
  );
  return Item ? [Item] : [];
}

/** A person has one account per way to sign in and a handful of sessions: one page of the index holds them all. */
async function readOfUser(model: string, userId: string): Promise<Fields[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.SESSIONS_TABLE,
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :userId AND begins_with(#key, :model)',
      ExpressionAttributeNames: { '#key': 'key' },
      ExpressionAttributeValues: { ':userId': userId, ':model': `${model}#` },
    }),
  );
  return Items;
}

/** DynamoDB deletes expired records days later, and a local engine never: to readers they are gone at once. */
function isExpired({ expiresAt }: Fields): boolean {
  return typeof expiresAt === 'string' && Date.parse(expiresAt) <= Date.now();
}

/** The second after which DynamoDB may delete the record. */
function ttlOf({ expiresAt }: Fields): { ttl?: number } {
  return typeof expiresAt === 'string' ? { ttl: Math.ceil(Date.parse(expiresAt) / 1000) } : {};
}
