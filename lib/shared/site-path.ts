export const SIGN_IN_PATH = '/sign-in';

/** Where one arrives when no better place is known. */
export const HOME_PATH = '/assignments';

/** Any origin serves: only whether a path leaves it matters. */
const ORIGIN = 'https://assignment-desk.invalid';

/**
 * The path, query and hash of `target` when they stay on this site and lead somewhere after sign-in, otherwise home.
 * A foreign address, `//host`, `/\host` or a scheme would send the person and their trust elsewhere.
 * Source: OWASP Unvalidated Redirects and Forwards Cheat Sheet.
 */
export function sitePath(target: string | null | undefined): string {
  if (!target?.startsWith('/') || !URL.canParse(target, ORIGIN)) return HOME_PATH;
  const { origin, pathname, search, hash } = new URL(target, ORIGIN);
  const isElsewhere = origin !== ORIGIN || pathname.startsWith('//');
  return isElsewhere || pathname === SIGN_IN_PATH ? HOME_PATH : pathname + search + hash;
}

/** The sign-in page that leads to `next` afterwards. */
export function signInPath(next: string): string {
  return `${SIGN_IN_PATH}?${new URLSearchParams({ next: sitePath(next) })}`;
}
