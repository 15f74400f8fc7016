import type { Metadata } from 'next';
import { FailedItemDetail } from '@/components/failed-items/failed-item-detail';

export const metadata: Metadata = { title: 'Failed item' };

type Props = { params: Promise<{ id: string }> };

export default async function FailedItemPage({ params }: Props) {
  const { id } = await params;
  return <FailedItemDetail id={decodeURIComponent(id)} />;
}
