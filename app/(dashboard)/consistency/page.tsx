import type { Metadata } from 'next';
import { CheckPage } from '@/components/consistency/check-page';

export const metadata: Metadata = { title: 'Consistency' };

export default function ConsistencyPage() {
  return <CheckPage />;
}
