import type { Metadata } from 'next';
import { AlertPanel } from '@/components/alerts/alert-panel';
import { BreakerPanel } from '@/components/breakers/breaker-panel';
import { FlowPanel } from '@/components/flow/flow-panel';
import { MetricsPage } from '@/components/metrics/metrics-page';
import { ObjectivePanel } from '@/components/objectives/objective-panel';

export const metadata: Metadata = { title: 'Metrics' };

const PARTS = [
  { id: 'alerts', title: 'Alerts', content: <AlertPanel /> },
  { id: 'objectives', title: 'Objectives', content: <ObjectivePanel /> },
  { id: 'breakers', title: 'Circuit breakers', content: <BreakerPanel /> },
  { id: 'flow', title: 'Flow control', content: <FlowPanel /> },
];

export default function Metrics() {
  return <MetricsPage parts={PARTS} />;
}
