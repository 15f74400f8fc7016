'use client';

import { ErrorState } from '@/components/ui/error-state';
import { PageProblem } from '@/components/ui/page-problem';
import { pageError } from '@/lib/client/page-error';

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function ErrorPage({ error, retry }: Props) {
  return (
    <PageProblem>
      <ErrorState title="This page could not be shown" error={pageError(error)} onRetry={retry} />
    </PageProblem>
  );
}
