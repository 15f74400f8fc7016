import { describe, expect, it } from 'vitest';
import { failureSchema } from '@/lib/shared/api';
import { mayRole, PERMISSIONS, type Permission, ROLES } from '@/lib/shared/permissions';
import { cookieOf } from '@/tests/support/session';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

type Handler = ((request: Request, context: { params: Promise<object> }) => Promise<Response>) & {
  permission?: Permission;
  publicBecause?: string;
};

const modules = import.meta.glob<Record<string, Handler>>('/app/api/**/route.ts', { eager: true });

const handlers = Object.entries(modules).flatMap(([file, exports]) =>
  Object.entries(exports)
    .filter(([name]) => METHODS.includes(name))
    .map(([method, handler]) => ({
      name: `${method} ${file.slice('/app'.length, -'/route.ts'.length)}`,
      method,
      handler,
    })),
);

/** Handlers that need no session. Adding one here is a decision that a reviewer must see. */
const PUBLIC = [
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /api/auth/[...path]`),
  'GET /api/health',
  'GET /api/metrics/prometheus',
];

const guarded = handlers.filter(({ name }) => !PUBLIC.includes(name));

function call({ method, handler }: (typeof handlers)[number], cookie?: string) {
  const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
  const request = new Request('http://127.0.0.1/api/any', { method, ...body });
  if (cookie) request.headers.set('cookie', cookie);
  const params = { assignmentId: 'assignment_none', courseId: 'NONE', batchId: 'batch_none' };
  return handler(request, { params: Promise.resolve(params) });
}

describe('every handler', () => {
  it('is found by this test', () => {
    expect(guarded.length).toBeGreaterThanOrEqual(25);
  });

  it.each(handlers.filter(({ name }) => PUBLIC.includes(name)))(
    '$name says why it is public',
    ({ handler }) => {
      expect(handler.publicBecause).toMatch(/\w+ \w+/);
    },
  );

  it.each(guarded)('$name demands a right of the table', ({ handler }) => {
    expect(PERMISSIONS).toContain(handler.permission);
  });

  it.each(guarded)('$name answers 401 UNAUTHENTICATED without a session', async (handler) => {
    const response = await call(handler);

    expect(response.status).toBe(401);
    const body = failureSchema.parse(await response.json());
    expect(body.details.code).toBe('UNAUTHENTICATED');
    expect(response.headers.get('X-Request-Id')).toBe(body.details.requestId);
  });

  it.each(ROLES)('answers 403 FORBIDDEN to the role %s wherever it lacks the right', async (role) => {
    const { cookie } = await cookieOf(role);
    for (const handler of guarded) {
      const response = await call(handler, cookie);
      const { permission } = handler.handler;
      if (permission && mayRole(role, permission))
        expect([handler.name, response.status]).not.toEqual([handler.name, 401]);
      else expect([handler.name, response.status]).toEqual([handler.name, 403]);
    }
  });
});
