'use client';

import '@/app/globals.css';
import { ErrorState } from '@/components/ui/error-state';
import { PageProblem } from '@/components/ui/page-problem';
import { pageError } from '@/lib/client/page-error';

type Props = { error: Error & { digest?: string }; retry: () => void };

/** Stands in for the root layout when that one fails, so it brings its own document. */
export default function GlobalError({ error, retry }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Error · Assignment Desk</title>
        <PageProblem>
          <ErrorState title="Assignment Desk could not be shown" error={pageError(error)} onRetry={retry} />
        </PageProblem>
      </body>
    </html>
  );
}
