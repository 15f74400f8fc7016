import type { Metadata } from 'next';
import { AlertPanel } from '@/components/alerts/alert-panel';
import { BreakerPanel } from '@/components/breakers/breaker-panel';
import { MetricsPage } from '@/components/metrics/metrics-page';
import { ObjectivePanel } from '@/components/objectives/objective-panel';

export const metadata: Metadata = { title: 'Metrics' };

export default function Metrics() {
  return (
    <MetricsPage>
      <AlertPanel />
      <BreakerPanel />
      <ObjectivePanel />
    </MetricsPage>
  );
}
