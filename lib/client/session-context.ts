'use client';

import { createContext, useContext } from 'react';
import type { Permission } from '@/lib/shared/permissions';
import type { Session } from '@/lib/shared/session';

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in. Only for components inside the dashboard, which nobody enters without a session. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider around it');
  return session;
}

/** Whether the signed-in person holds this right: what they may not do is not offered. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
