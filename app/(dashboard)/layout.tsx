import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { SessionProblem } from '@/components/session/session-problem';
import { SessionProvider } from '@/components/session/session-provider';
import { requirePageSession } from '@/lib/server/page-session';
import { THEME_COOKIE, themeOf } from '@/lib/shared/theme';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { session, error } = await requirePageSession();
  if (error) return <SessionProblem error={error} />;
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <SessionProvider session={session}>
      <AppShell theme={theme}>{children}</AppShell>
    </SessionProvider>
  );
}
