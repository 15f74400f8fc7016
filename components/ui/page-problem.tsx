import type { ReactNode } from 'react';

/** The whole page when there is nothing else to show. */
export function PageProblem({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-4 p-6">{children}</main>
  );
}
