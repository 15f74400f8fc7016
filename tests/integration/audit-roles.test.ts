import { describe, expect, it } from 'vitest';
import { GET as history } from '@/app/api/assignments/[assignmentId]/history/route';
import type { Permission } from '@/lib/shared/permissions';
import { aCourse, anAssignment } from '@/tests/support/factories';
import { recordedCalls } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';
import { storeAssignment } from '@/tests/support/store-assignment';

type Handler = ((request: Request, context: { params: Promise<object> }) => Promise<Response>) & {
  permission?: Permission;
};

const modules = import.meta.glob<Record<string, Handler>>('/app/api/**/route.ts', { eager: true });

const handlers = Object.entries(modules).flatMap(([file, exports]) =>
  Object.entries(exports).map(([method, handler]) => ({ name: `${method} ${file}`, file, method, handler })),
);

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Signing in and out is not a right of a role, and what has no handler answers 404 to everybody. */
const writing = handlers.filter(
  ({ file, method, handler }) =>
    WRITES.includes(method) && handler.permission && !file.startsWith('/app/api/[...path]'),
);

const reading = handlers.filter(
  ({ file, method }) => method === 'GET' && file.startsWith('/app/api/audit-log/'),
);

function call({ method, handler }: (typeof handlers)[number], cookie: string) {
  const body = method === 'GET' ? {} : { body: '{}' };
  const headers = { cookie, 'content-type': 'application/json' };
  const params = { assignmentId: 'assignment_none', batchId: 'batch_none', ref: 'batch_none.1' };
  return handler(new Request('http://127.0.0.1/api/any', { method, headers, ...body }), {
    params: Promise.resolve(params),
  });
}

describe('an auditor', () => {
  it('writes nothing: every handler that changes something answers 403 before it writes', async () => {
    const { cookie } = await cookieOf('auditor');
    expect(writing.length).toBeGreaterThan(15);
    const before = recordedCalls().length;

    for (const handler of writing) {
      const { status } = await call(handler, cookie);
      expect([handler.name, status]).toEqual([handler.name, 403]);
    }

    const commands = recordedCalls().slice(before);
    expect(commands.filter(({ command }) => /Put|Update|Delete|Write/.test(command))).toEqual([]);
  });
});

describe('an instructor', () => {
  it('does not read the audit trail', async () => {
    const { cookie } = await cookieOf('instructor');
    expect(reading.length).toBeGreaterThan(5);

    for (const handler of reading) {
      const { status } = await call(handler, cookie);
      expect([handler.name, status]).toEqual([handler.name, 403]);
    }
  });

  it('reads the history of assignments in own courses only', async () => {
    const [own, foreign] = [await aCourse(), await aCourse()];
    const { cookie } = await cookieOf('instructor', [own]);
    const statusOf = async (courseId: string) => {
      const assignment = anAssignment({ courseId });
      await storeAssignment(assignment);
      const request = new Request('http://127.0.0.1/api/any', { headers: { cookie } });
      const params = Promise.resolve({ assignmentId: assignment.assignmentId });
      return (await history(request, { params })).status;
    };

    expect(await statusOf(own)).toBe(200);
    expect(await statusOf(foreign)).toBe(403);
  });
});
