import type { AuditActor, AuditEvent, AuditResource } from '@/lib/shared/audit-event';

/** An event without clear personal data: the address of its actor, and the email of a sign-in. */
export function maskEvent<Event extends AuditEvent>(event: Event): Event {
  return { ...event, actor: maskActor(event.actor), resource: maskResource(event.resource) };
}

/** An actor whose address is only told as far as its network. */
export function maskActor<Masked extends AuditActor>(actor: Masked): Masked {
  return actor.ip === undefined ? actor : { ...actor, ip: maskAddress(actor.ip) };
}

/** What an event is about, without a clear email. */
export function maskResource<Resource extends AuditResource>(resource: Resource): Resource {
  return resource.kind === 'user' ? { ...resource, email: maskEmail(resource.email) } : resource;
}

/** "192.168.4.7" as "192.168.•.•", "2001:db8:1::7" as "2001:db8:•". */
function maskAddress(ip: string): string {
  const parts = ip.split('.');
  if (parts.length === 4) return `${parts[0]}.${parts[1]}.•.•`;
  return `${ip.split(':').slice(0, 2).join(':')}:•`;
}

/** "ada.min@example.edu" as "a•••@example.edu". */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${at > 0 ? email.slice(at) : ''}`;
}
