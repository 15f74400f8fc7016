import type { Metadata } from 'next';
import { BatchDetail } from '@/components/batches/batch-detail';

export const metadata: Metadata = { title: 'Batch' };

type Props = { params: Promise<{ batchId: string }> };

export default async function BatchPage({ params }: Props) {
  const { batchId } = await params;
  return <BatchDetail batchId={decodeURIComponent(batchId)} />;
}
