import { auth } from '@/lib/server/auth/auth';
import { callAuth } from '@/lib/server/auth/call-auth';

/**
 * The session and the user of a session cookie as they are stored now, or null where the cookie is forged, ended or
 * expired.
 * @throws {AppError} where the session cannot be read: an outage is not a missing session
 */
export function readSession(cookie: string, requestId: string) {
  return callAuth(() => auth().api.getSession({ headers: new Headers({ cookie }) }), {
    operation: 'readSession',
    requestId,
  });
}
