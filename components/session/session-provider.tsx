'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionQuery } from '@/lib/client/session';
import { SessionContext } from '@/lib/client/session-context';
import type { Session } from '@/lib/shared/session';

/** Hands the session that the server read to everything inside, and keeps it fresh. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const { data } = useQuery({ ...sessionQuery, initialData: session });
  return <SessionContext value={data}>{children}</SessionContext>;
}
