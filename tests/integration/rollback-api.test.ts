import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import * as planRoute from '@/app/api/rollbacks/plan/route';
import * as rollbacksRoute from '@/app/api/rollbacks/route';
import * as targetsRoute from '@/app/api/rollbacks/targets/route';
import { createUser } from '@/lib/server/auth/create-user';
import { createAs } from '@/tests/support/deeds';
import { aCourse } from '@/tests/support/factories';
import { cookieOf } from '@/tests/support/session';

const context = { params: Promise.resolve({}) };

type Query = Record<string, string>;

const get = (route: typeof planRoute | typeof targetsRoute, cookie: string, query: Query) =>
  route.GET(
    new Request(`http://127.0.0.1/api/rollbacks?${new URLSearchParams(query)}`, { headers: { cookie } }),
    context,
  );

const post = (cookie: string, body: object) =>
  rollbacksRoute.POST(
    new Request('http://127.0.0.1/api/rollbacks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    }),
    context,
  );

/** Somebody who has created one assignment just now. */
async function aPerson() {
  const email = `Person-${randomUUID()}@Example.edu`;
  const person = { role: 'instructor' as const, department: 'Physics', courseIds: [await aCourse()] };
  const { userId } = await createUser({ ...person, email, name: 'Grace', password: 'a long test password' });
  const from = new Date().toISOString();
  const actor = { ...person, id: userId, name: 'Grace', email };
  const assignmentId = await createAs(actor, person.courseIds[0] ?? '');
  return { email, assignmentId, range: { from, to: new Date(Date.now() + 1000).toISOString() } };
}

it('plans by email in any case, lists one by one, and writes nothing', async () => {
  const { cookie } = await cookieOf('auditor');
  const { email, assignmentId, range } = await aPerson();

  const plan = await (await get(planRoute, cookie, { kind: 'actor', actor: email, ...range })).json();
  const targets = await (await get(targetsRoute, cookie, { actor: email, ...range })).json();
  const again = await (await get(planRoute, cookie, { kind: 'actor', actor: email, ...range })).json();

  expect(plan.data).toMatchObject({ person: { name: 'Grace' }, will: [{ step: 'delete', count: 1 }] });
  expect(targets.data.items).toMatchObject([{ assignmentId, step: 'delete' }]);
  expect(again.data.will).toEqual(plan.data.will);
});

it.each([
  ['a time of more than seven days', { from: '2026-01-01T00:00:00Z', to: '2026-01-09T00:00:00Z' }, 'to'],
  ['a time that ends before it starts', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
  ['a time that is none', { from: 'yesterday', to: '2026-01-01T00:00:00Z' }, 'from'],
])('refuses %s, naming the field', async (_, range, field) => {
  const { cookie } = await cookieOf('admin');

  const response = await get(planRoute, cookie, { kind: 'actor', actor: 'user_1', ...range });

  expect(response.status).toBe(400);
  const { details } = await response.json();
  expect(details.fields).toEqual([expect.objectContaining({ field })]);
});

it('runs only for an administrator, and only with a reason', async () => {
  const [admin, ops] = await Promise.all([cookieOf('admin'), cookieOf('ops')]);
  const { email, range } = await aPerson();
  const input = { kind: 'actor', actor: email, ...range };

  expect((await post(ops.cookie, { ...input, reason: 'By mistake' })).status).toBe(403);
  expect((await post(admin.cookie, input)).status).toBe(400);
  const response = await post(admin.cookie, { ...input, reason: 'By mistake' });

  expect(response.status).toBe(200);
  expect((await response.json()).data).toEqual({ result: 'batch', batchId: expect.any(String) });
});

it('answers 404 for a person whom nobody knows', async () => {
  const { cookie } = await cookieOf('admin');
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };

  const response = await get(planRoute, cookie, { kind: 'actor', actor: 'nobody@example.edu', ...range });

  expect(response.status).toBe(404);
});
