import { randomUUID } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { auth } from '@/lib/server/auth/auth';
import { createUser } from '@/lib/server/auth/create-user';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { aPerson, cookieFrom, PASSWORD, PERSON, readSession, signIn } from '@/tests/support/auth-calls';
import { userItem } from '@/tests/support/factories';
import { failCalls, recordedCalls } from '@/tests/support/faults';

describe('people', () => {
  it('cannot share an email, in any case, however quickly they are added', async () => {
    const email = `twin-${randomUUID()}@example.edu`;

    const added = await Promise.allSettled(
      [email, email.toUpperCase(), email].map((same) => createUser({ ...PERSON, email: same })),
    );
    const again = await createUser({ ...PERSON, email });

    const ids = added.flatMap((result) => (result.status === 'fulfilled' ? [result.value.userId] : []));
    expect(new Set([...ids, again.userId]).size).toBe(1);
    expect(again.created).toBe(false);
  });

  it('keep their password when they are added a second time', async () => {
    const { email, userId } = await aPerson();

    const again = await createUser({ ...PERSON, email, password: 'another long password' });

    expect(again).toEqual({ userId, created: false });
    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
  });

  it('get their password when the first try to add them ended before it was stored', async () => {
    const email = `half-${randomUUID()}@example.edu`;
    const recover = failCalls('ThrottlingException', { command: 'PutItem', table: env.SESSIONS_TABLE });
    await expect(createUser({ ...PERSON, email })).rejects.toThrow();
    recover();

    await createUser({ ...PERSON, email });

    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
  });

  it('are stored with an argon2id hash, never with the password', async () => {
    const { userId } = await aPerson();

    const { Item } = await documentClient.send(
      new GetCommand({ TableName: env.SESSIONS_TABLE, Key: { key: `account#credential#${userId}` } }),
    );

    expect(Item?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify([Item, await userItem(userId)])).not.toContain(PASSWORD);
  });

  it('leave nothing behind that signs in, and free their email, when they are removed', async () => {
    const { email, userId } = await aPerson();
    const cookie = cookieFrom(await signIn({ email, password: PASSWORD }));
    const { internalAdapter } = await auth().$context;

    await internalAdapter.deleteUser(userId);

    expect((await readSession(cookie)).status).toBe(401);
    expect((await signIn({ email, password: PASSWORD })).status).toBe(401);
    const { created } = await createUser({ ...PERSON, email });
    expect(created).toBe(true);
  });
});

describe('the sign-in store', () => {
  it('keeps what others wrote beside a user, when it changes one', async () => {
    const { userId } = await aPerson();
    await documentClient.send(
      new UpdateCommand({
        TableName: env.USERS_TABLE,
        Key: { userId },
        UpdateExpression: 'SET lastAssignmentAt = :at ADD assignmentsCreated :seven',
        ExpressionAttributeValues: { ':at': '2030-01-01T00:00:00.000Z', ':seven': 7 },
      }),
    );
    const { internalAdapter } = await auth().$context;

    await internalAdapter.updateUser(userId, { name: 'Grace' });

    expect(await userItem(userId)).toMatchObject({
      name: 'Grace',
      role: 'instructor',
      courseIds: ['A-1'],
      assignmentsCreated: 7,
      lastAssignmentAt: '2030-01-01T00:00:00.000Z',
    });
  });

  it('changes nothing where the user does not exist', async () => {
    const { internalAdapter } = await auth().$context;
    const userId = `user_${randomUUID()}`;

    expect(await internalAdapter.updateUser(userId, { name: 'Nobody' })).toBeNull();
    expect(await userItem(userId)).toBeUndefined();
  });

  it.each([
    [
      'by another operator',
      { model: 'session', where: [{ field: 'expiresAt', operator: 'lt', value: 'x' }] },
    ],
    ['by one field or another', { model: 'user', where: [{ field: 'id', value: '1', connector: 'OR' }] }],
    ['by a field without a key', { model: 'session', where: [{ field: 'ipAddress', value: '192.0.2.1' }] }],
    ['of everybody', { model: 'user', where: [] }],
    [
      'of a model that it does not keep',
      { model: 'verification', where: [{ field: 'identifier', value: 'x' }] },
    ],
    [
      'in an order',
      { model: 'account', where: [{ field: 'userId', value: '1' }], sortBy: { field: 'createdAt' } },
    ],
  ])('refuses a look-up %s and never scans', async (_, search) => {
    const { adapter } = await auth().$context;

    // Shapes that our code never sends, so that better-auth's own types would refuse some of them.
    const lookUp = adapter.findMany(search as Parameters<typeof adapter.findMany>[0]);

    await expect(lookUp).rejects.toThrow(/The sign-in store (cannot|does not)/);
    expect(recordedCalls().filter(({ command }) => command === 'Scan')).toEqual([]);
  });
});
