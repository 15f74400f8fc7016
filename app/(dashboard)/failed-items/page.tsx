import type { Metadata } from 'next';
import { FailedItems } from '@/components/failed-items/failed-items';

export const metadata: Metadata = { title: 'Failed items' };

export default function FailedItemsPage() {
  return <FailedItems />;
}
