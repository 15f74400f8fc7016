import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageProblem } from '@/components/ui/page-problem';
import { HOME_PATH } from '@/lib/shared/site-path';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <PageProblem>
      <h1 className="font-semibold text-xl">Page not found</h1>
      <EmptyState
        title="There is no page at this address"
        action={<ButtonLink href={HOME_PATH}>Go to assignments</ButtonLink>}
      >
        The address may be mistyped, or the page has moved.
      </EmptyState>
    </PageProblem>
  );
}
