import type { Metadata } from 'next';
import { BatchList } from '@/components/batches/batch-list';
import { PageHeader } from '@/components/ui/page-header';
import { UploadPanel } from '@/components/uploads/upload-panel';

export const metadata: Metadata = { title: 'Batches' };

export default function BatchesPage() {
  return (
    <>
      <PageHeader
        title="Batches"
        description="Files of assignments: checked first, written when you start them, and accounted for row by row."
      />
      <UploadPanel />
      <BatchList />
    </>
  );
}
