import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/server/content-security-policy';
import { NONCE_HEADER, PAGE_PATH_HEADER } from '@/lib/shared/page-headers';

/** Gives every page its own Content Security Policy and tells it its path. */
export function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);

  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(PAGE_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Next.js reads the nonce from here and puts it on its own scripts.
  headers.set('Content-Security-Policy', policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** Pages only: passing through here would cut the bodies of API requests at 10 MB. */
export const config = {
  matcher: '/((?!api/|_next/static|_next/image|icon\\.svg|favicon\\.ico|samples/).*)',
};
