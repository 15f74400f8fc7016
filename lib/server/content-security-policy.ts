import { env } from '@/lib/server/env';

/** React's development build needs eval for its stacks, and the overlay of `next dev` brings styles of its own. */
const isDevelopment = env.NODE_ENV === 'development';

/**
 * What a page may load and run: our own files, and inline scripts with this response's nonce.
 * Source: "Mitigate XSS with a strict Content Security Policy", web.dev.
 */
export function contentSecurityPolicy(nonce: string): string {
  const directives = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'style-src': isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // Widgets place their popovers with style attributes, which cannot carry a nonce.
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
