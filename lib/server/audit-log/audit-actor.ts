import { requestContext } from '@/lib/server/request-context';
import type { AuditActor, AuditAuthor } from '@/lib/shared/audit-event';

/** The author of an event, with session and address where the request that is being answered is theirs. */
export function auditActor({ id, role, department }: AuditAuthor): AuditActor {
  const context = requestContext();
  if (!context || context.actorId !== id) return { id, role, department };
  const { ip, sessionId } = context;
  return { id, role, department, ...(sessionId ? { sessionId } : {}), ...(ip ? { ip } : {}) };
}
