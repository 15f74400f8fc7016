import type { Metadata } from 'next';
import { MetricsPage } from '@/components/metrics/metrics-page';

export const metadata: Metadata = { title: 'Metrics' };

export default function Metrics() {
  return <MetricsPage />;
}
