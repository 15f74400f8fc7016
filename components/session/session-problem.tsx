'use client';

import { ErrorState, type ShownError } from '@/components/ui/error-state';
import { PageProblem } from '@/components/ui/page-problem';

/** Takes the place of every page while nobody can say who is visiting. */
export function SessionProblem({ error }: { error: ShownError }) {
  return (
    <PageProblem>
      <h1 className="sr-only">Assignment Desk</h1>
      <ErrorState
        title="Your session could not be read"
        error={error}
        onRetry={() => window.location.reload()}
      />
    </PageProblem>
  );
}
