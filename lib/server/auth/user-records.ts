import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordStore } from '@/lib/server/auth/record-store';
import { updateFields } from '@/lib/server/auth/update-fields';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';

/** The item that makes an email unique: it is written in the same transaction as its user. */
const emailKey = (email: unknown) => ({ key: `email#${String(email).toLowerCase()}` });

const userKey = (id: unknown) => ({ userId: String(id) });

/** Users lie in the users table, beside the statistics that the write path keeps there. */
export const userRecords: RecordStore = {
  create: async ({ id, ...user }) => {
    await documentClient.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: env.USERS_TABLE,
              Item: { ...user, ...userKey(id) },
              ConditionExpression: 'attribute_not_exists(userId)',
            },
          },
          {
            Put: {
              TableName: env.SESSIONS_TABLE,
              Item: { ...emailKey(user.email), ownerId: id },
              ConditionExpression: 'attribute_not_exists(#key)',
              ExpressionAttributeNames: { '#key': 'key' },
            },
          },
        ],
      }),
    );
  },

  find: async ({ id, email, ...others }) => {
    if (Object.keys(others).length > 0) throw unsupported(Object.keys(others));
    if (id === undefined && email === undefined) throw unsupported(['nothing']);
    const user = await readUser(id ?? (await ownerOf(email)));
    return user && (email === undefined || user.email === email) ? [user] : [];
  },

  update: async ({ id, email }, changes) => {
    if (changes.email !== undefined && changes.email !== email) throw unsupported(['a new email']);
    await updateFields({ TableName: env.USERS_TABLE, Key: userKey(id) }, changes);
  },

  remove: async ({ id, email }) => {
    await documentClient.send(
      new TransactWriteCommand({
        TransactItems: [
          { Delete: { TableName: env.USERS_TABLE, Key: userKey(id) } },
          { Delete: { TableName: env.SESSIONS_TABLE, Key: emailKey(email) } },
        ],
      }),
    );
  },
};

async function readUser(id: unknown): Promise<Record<string, unknown> | undefined> {
  if (id === undefined) return undefined;
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: env.USERS_TABLE, Key: userKey(id), ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const { userId, ...user } = Item;
  return { ...user, id: userId };
}

async function ownerOf(email: unknown): Promise<unknown> {
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: env.SESSIONS_TABLE, Key: emailKey(email), ConsistentRead: true }),
  );
  return Item?.ownerId;
}

function unsupported(fields: string[]): AppError {
  return new AppError(
    'SYSTEM_ERROR',
    `The sign-in store cannot look up or change a user by ${fields.join(', ')}`,
  );
}
