import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { SessionProvider } from '@/components/session/session-provider';
import { ErrorState } from '@/components/ui/error-state';
import { PageProblem } from '@/components/ui/page-problem';
import { requirePageSession } from '@/lib/server/page-session';
import { THEME_COOKIE, themeOf } from '@/lib/shared/theme';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { session, error } = await requirePageSession();
  if (error) {
    return (
      <PageProblem>
        <h1 className="sr-only">Assignment Desk</h1>
        <ErrorState title="Your session could not be read" error={error} />
      </PageProblem>
    );
  }
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <SessionProvider session={session}>
      <AppShell theme={theme}>{children}</AppShell>
    </SessionProvider>
  );
}
