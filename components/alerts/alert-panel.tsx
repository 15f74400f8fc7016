'use client';

import { useQuery } from '@tanstack/react-query';
import { AlertHistory } from '@/components/alerts/alert-history';
import { AlertList } from '@/components/alerts/alert-list';
import { ChannelList } from '@/components/alerts/channel-list';
import { ResponseList } from '@/components/alerts/response-list';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { formatDuration } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { alertsQuery } from '@/lib/client/alerts';
import type { Alerts } from '@/lib/shared/alert';

/** What wants somebody, who is told of it, and what the product does about it by itself. */
export function AlertPanel() {
  const { data, isPending, error, refetch } = useQuery(alertsQuery());
  if (isPending) return <TableSkeleton rows={4} columns={3} label="Alerts are loading" />;
  if (!data) {
    return <ErrorState title="The alerts could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {error && (
        <ErrorState title="These alerts are not up to date" error={error} onRetry={() => refetch()} />
      )}
      <Section title="Alerts" description="Rules are judged every few seconds. What fires comes first.">
        <Standstill alerts={data} />
        <AlertList alerts={data.alerts} />
      </Section>
      <Section
        title="Automatic responses"
        description="What the product may do by itself. Each beginning and end is in the audit trail."
      >
        <ResponseList responses={data.responses} />
      </Section>
      <Section title="Delivery" description="Who is told of alerts that fire and resolve, beside this page.">
        <ChannelList channels={data.channels} />
      </Section>
      <Section title="History of alerts">
        <AlertHistory history={data.history} />
      </Section>
    </div>
  );
}

const STANDSTILL_MS = 60_000;

/** Says that nobody judges: silence would look like health. */
function Standstill({ alerts: { evaluatedAt, now } }: { alerts: Alerts }) {
  if (evaluatedAt === null) {
    return (
      <Callout tone="warning" title="The rules have not been judged yet: no worker has done it so far." />
    );
  }
  const sinceMs = Date.parse(now) - Date.parse(evaluatedAt);
  if (sinceMs < STANDSTILL_MS) return null;
  return (
    <Callout
      tone="warning"
      title={`The rules were last judged ${formatDuration(sinceMs / 1000)} ago: is a worker running?`}
    />
  );
}
