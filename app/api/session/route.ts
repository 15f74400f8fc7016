import { route } from '@/lib/server/route';
import { permissionsOf } from '@/lib/shared/permissions';
import type { Session } from '@/lib/shared/session';

export const GET = route(
  { operation: 'readSession', failure: 'Failed to read the session', permission: 'session:read' },
  async ({ actor }): Promise<Session> => ({ user: actor, permissions: permissionsOf(actor.role) }),
);
