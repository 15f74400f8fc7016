'use client';

import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { AuditFilters } from '@/components/audit-log/audit-filters';
import { AuditTable, Reach } from '@/components/audit-log/audit-table';
import { EventDrawer } from '@/components/audit-log/event-drawer';
import { EventHistogram } from '@/components/audit-log/event-histogram';
import { type AuditListState, useAuditList } from '@/components/audit-log/use-audit-list';
import { type AuditUrlState, useAuditUrl } from '@/components/audit-log/use-audit-url';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';

/** Who did what, when and from where; everything that is chosen is in the URL. */
export function AuditLog({ children }: { children: ReactNode }) {
  const audit = useAuditUrl();
  const state = useAuditList(audit);
  return (
    <>
      <PageHeader
        title="Audit trail"
        description="Who did what and when. Nothing here can be edited."
        actions={<Switches audit={audit} />}
      />
      {children}
      <AuditFilters audit={audit} people={state.people} />
      <EventHistogram audit={audit} />
      <Notices state={state} />
      <Results audit={audit} state={state} />
      <EventDrawer audit={audit} />
    </>
  );
}

function Switches({ audit: { url, set, ownZone } }: { audit: AuditUrlState }) {
  return (
    <>
      <Button
        aria-pressed={url.zone === 'utc'}
        onClick={() => set({ zone: url.zone === 'utc' ? 'local' : 'utc' })}
      >
        {url.zone === 'utc' ? 'Times in UTC' : `Times in ${ownZone}`}
      </Button>
      <Button
        aria-pressed={url.live}
        disabled={url.order === 'oldest'}
        onClick={() => set({ live: !url.live })}
      >
        {url.live ? 'Live: on' : 'Live: off'}
      </Button>
    </>
  );
}

function Notices({ state: { isBehind, liveError, list } }: { state: AuditListState }) {
  if (liveError) return <ErrorState title="New events could not be loaded" error={liveError} />;
  if (!isBehind) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
      More than 100 events came since this page was read.
      <Button size="small" isPending={list.isRefetching} onClick={() => list.refetch()}>
        Read again
      </Button>
    </p>
  );
}

function Results({ audit, state }: { audit: AuditUrlState; state: AuditListState }) {
  const { list, entries } = state;
  if (list.isPending) return <TableSkeleton columns={6} label="Loading the audit trail" />;
  if (!list.data) {
    return (
      <ErrorState
        title="The audit trail could not be loaded"
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  return (
    <div aria-busy={list.isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      {list.error && (
        <ErrorState
          title="More events could not be loaded"
          error={list.error}
          onRetry={() => list.fetchNextPage()}
        />
      )}
      {entries.length > 0 ? (
        <AuditTable audit={audit} state={state} />
      ) : (
        <NoEntries audit={audit} state={state} />
      )}
    </div>
  );
}

/** Nothing was found, or nothing so far: the search goes on behind where it stopped. */
function NoEntries({ audit, state }: { audit: AuditUrlState; state: AuditListState }) {
  if (state.list.hasNextPage) {
    return (
      <>
        <EmptyState title="No match so far" icon={<SearchX aria-hidden />}>
          Only a part of the trail has been looked at yet.
        </EmptyState>
        <Reach audit={audit} state={state} />
      </>
    );
  }
  return (
    <EmptyState
      title={Object.keys(audit.filter).length > 0 ? 'No event matches these filters' : 'No events yet'}
      icon={<SearchX aria-hidden />}
      action={
        Object.keys(audit.filter).length > 0 && <Button onClick={() => audit.clear()}>Clear filters</Button>
      }
    />
  );
}
