import Link from 'next/link';
import type { ReactNode } from 'react';

/** A link in the trail, above whatever fills its row. */
export function EntryLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-block min-h-6 rounded text-accent leading-6 underline underline-offset-2"
    >
      {children}
    </Link>
  );
}

/** Everything that one request did. */
export const requestPath = (requestId: string) => `/audit-log?${new URLSearchParams({ requestId })}`;
