import { SIGN_IN_PATH, signInPath } from '@/lib/shared/site-path';

/** Leaves for the sign-in page, which leads back here; does nothing where one is already signing in. */
export function goToSignIn() {
  const { pathname, search } = window.location;
  if (pathname === SIGN_IN_PATH) return;
  window.location.assign(signInPath(pathname + search));
}
