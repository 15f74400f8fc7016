import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readActor } from '@/lib/server/auth/read-actor';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import type { AppError } from '@/lib/shared/app-error';
import { PAGE_PATH_HEADER } from '@/lib/shared/page-headers';
import { permissionsOf } from '@/lib/shared/permissions';
import type { Actor, Session } from '@/lib/shared/session';
import { HOME_PATH, signInPath } from '@/lib/shared/site-path';

/** An error as a plain object: React hides the message of an error that a server component throws. */
type PageError = Pick<AppError, 'code' | 'message' | 'requestId' | 'retryAfterSeconds'>;

type PageSession = { session: Session; error?: never } | { session?: never; error: PageError };

/**
 * Who visits this page. A visitor without a session is sent to sign-in and back; when the session cannot be read,
 * the answer says why, because sending the visitor to sign in again would only go round in circles.
 */
export async function requirePageSession(): Promise<PageSession> {
  const { actor, error } = await readVisitor();
  if (error) return { error };
  if (!actor) redirect(signInPath((await headers()).get(PAGE_PATH_HEADER) ?? HOME_PATH));
  return { session: { user: actor, permissions: permissionsOf(actor.role) } };
}

/** Whether this visitor has a session already; false where that cannot be known. */
export async function isSignedIn(): Promise<boolean> {
  const { actor } = await readVisitor();
  return actor !== undefined;
}

async function readVisitor(): Promise<{ actor?: Actor | undefined; error?: PageError }> {
  const requestHeaders = await headers();
  const requestId = newRequestId();
  try {
    return { actor: await readActor(requestHeaders, requestId) };
  } catch (thrown) {
    const { code, message, retryAfterSeconds, cause } = classifyError(thrown);
    log.error('session not read', { requestId, operation: 'readPageSession', code, reason: message, cause });
    return { error: { code, message, requestId, retryAfterSeconds } };
  }
}
