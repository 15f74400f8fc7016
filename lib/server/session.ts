import { readActor } from '@/lib/server/auth/read-actor';
import { AppError } from '@/lib/shared/app-error';
import { mayRole, type Permission } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

/**
 * Who is calling, if they hold this right.
 * @throws {AppError} UNAUTHENTICATED without a session, FORBIDDEN without the right
 */
export async function requireActor(
  request: Request,
  permission: Permission,
  requestId: string,
): Promise<Actor> {
  const actor = await readActor(request.headers, requestId);
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in to do this');
  requirePermission(actor, permission);
  return actor;
}

/**
 * Proves that somebody holds a right besides the one that their request demands anyway.
 * @throws {AppError} FORBIDDEN without it
 */
export function requirePermission({ role }: Pick<Actor, 'role'>, permission: Permission): void {
  if (mayRole(role, permission)) return;
  throw new AppError('FORBIDDEN', `The role ${role} does not have the right ${permission}`);
}
