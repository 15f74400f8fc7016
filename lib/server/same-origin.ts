import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a changing request that another site made a browser send. Browsers always say where such a request comes
 * from (`Origin`, `Sec-Fetch-Site`); a caller that says neither is no browser and carries no foreign cookies.
 * Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Verifying Origin With Standard Headers".
 * @throws {AppError} FORBIDDEN
 */
export function requireSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isForeign =
    (site !== null && site !== 'same-origin' && site !== 'none') ||
    (origin !== null && !isOwnOrigin(origin, request));
  if (isForeign)
    throw new AppError('FORBIDDEN', 'This request came from another site and was not carried out');
}

function isOwnOrigin(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const own = env.PUBLIC_URL ? new URL(env.PUBLIC_URL).host : request.headers.get('host');
  return new URL(origin).host === own;
}
