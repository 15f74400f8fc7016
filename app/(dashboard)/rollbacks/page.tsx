import type { Metadata } from 'next';
import { Rollbacks } from '@/components/rollbacks/rollbacks';
import { PageHeader } from '@/components/ui/page-header';

export const metadata: Metadata = { title: 'Rollback' };

export default function RollbacksPage() {
  return (
    <>
      <PageHeader
        title="Rollback"
        description="Take back what should not have happened: first a plan, then, with a reason, the rollback."
      />
      <Rollbacks />
    </>
  );
}
