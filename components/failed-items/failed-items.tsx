'use client';

import { type RefObject, useRef } from 'react';
import { ActionDialogs } from '@/components/failed-items/action-dialogs';
import { ActionReport } from '@/components/failed-items/action-report';
import { FailedEquation } from '@/components/failed-items/failed-equation';
import { FailedItemFilters } from '@/components/failed-items/failed-item-filters';
import { GroupList } from '@/components/failed-items/group-list';
import { ItemResults } from '@/components/failed-items/item-results';
import { NothingListed } from '@/components/failed-items/nothing-listed';
import { ReportOverlay } from '@/components/failed-items/report-overlay';
import { RetrySafetyLine } from '@/components/failed-items/retry-safety-line';
import { SelectionBar } from '@/components/failed-items/selection-bar';
import { useKeptFocus } from '@/components/failed-items/use-kept-focus';
import { useReturnFocus } from '@/components/failed-items/use-return-focus';
import { type Triage, useTriage } from '@/components/failed-items/use-triage';
import { useTriageKeys } from '@/components/failed-items/use-triage-keys';
import { ViewSwitch } from '@/components/failed-items/view-switch';
import { buttonStyle } from '@/components/ui/button-style';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { failedItemsFilePath } from '@/lib/client/failed-items';
import { type FailedItemState, UNRESOLVED_STATES } from '@/lib/shared/failed-item';

/** Everything that failed, by cause, and what can be done about it; live, and in the URL. */
export function FailedItems() {
  const triage = useTriage();
  const { filterState, groups, actions } = triage;
  const { url, filter } = filterState;
  const results = useRef<HTMLDivElement>(null);
  useTriageKeys(triage);
  useReturnFocus(actions.question !== undefined);
  useKeptFocus(results);
  const codes = [...new Set(groups.data?.groups.map(({ code }) => code) ?? [])];

  return (
    <>
      <PageHeader
        title="Failed items"
        description="Everything that could not be written, by cause. Nothing of it is lost."
        actions={
          <a href={failedItemsFilePath(filter)} download className={buttonStyle('secondary', 'medium')}>
            Download
          </a>
        }
      />
      <FailedEquation data={groups.data} shown={url.state} />
      <RetrySafetyLine safety={groups.data?.safety} />
      <FailedItemFilters filterState={filterState} codes={codes} />
      <ViewSwitch filterState={filterState} />
      <Results triage={triage} container={results} />
      <Overlay triage={triage} />
      <ActionDialogs actions={actions} wrongField={wrongFieldOf(triage)} />
    </>
  );
}

type ResultsProps = { triage: Triage; container: RefObject<HTMLDivElement | null> };

/** Takes the focus itself once nothing is left in it that could. */
function Results({ triage, container }: ResultsProps) {
  const { groups, filterState } = triage;
  return (
    <div
      ref={container}
      tabIndex={-1}
      aria-busy={groups.isPlaceholderData}
      className="flex flex-col gap-3 outline-none aria-busy:opacity-60"
    >
      {groups.data && groups.error && (
        <ErrorState
          title="This page is not up to date"
          error={groups.error}
          onRetry={() => groups.refetch()}
        />
      )}
      {filterState.url.view === 'list' ? <ListView triage={triage} /> : <GroupsView triage={triage} />}
    </div>
  );
}

function GroupsView({ triage }: { triage: Triage }) {
  const { data, isPending, error, refetch } = triage.groups;
  if (isPending) return <GroupsSkeleton />;
  if (!data) {
    return (
      <ErrorState title="The failed items could not be loaded" error={error} onRetry={() => refetch()} />
    );
  }
  if (data.groups.length === 0) return <NothingListed data={data} filterState={triage.filterState} />;
  return <GroupList triage={triage} groups={data.groups} />;
}

function ListView({ triage }: { triage: Triage }) {
  const { groups, items, filterState } = triage;
  const isEmpty =
    items.data?.items.length === 0 && items.data.cursor === null && filterState.url.cursor === null;
  if (isEmpty && groups.data) return <NothingListed data={groups.data} filterState={filterState} />;
  return <ItemResults triage={triage} caption="Failed items" hasCause />;
}

function GroupsSkeleton() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading failed items
      </p>
      {['first', 'second', 'third'].map((place) => (
        <Skeleton key={place} className="h-36 w-full" />
      ))}
    </>
  );
}

/** Selection and report, at the lower edge of the page. */
function Overlay({ triage }: { triage: Triage }) {
  const { groups, filterState, actions } = triage;
  const { report, question, isPending, closeReport } = actions;
  return (
    <ReportOverlay>
      <ActionReport report={question ? undefined : report} isPending={isPending} onClose={closeReport} />
      <SelectionBar triage={triage} matching={matchingOf(groups.data?.totals, filterState.url.state)} />
    </ReportOverlay>
  );
}

function matchingOf(
  totals: Record<FailedItemState, number> | undefined,
  state: FailedItemState | 'unresolved',
): number {
  if (!totals) return 0;
  if (state !== 'unresolved') return totals[state];
  return UNRESOLVED_STATES.reduce((sum, unresolved) => sum + totals[unresolved], 0);
}

/** The wrong field of the group that a question is about. */
function wrongFieldOf({ actions, groups }: Triage): string | null {
  const target = actions.question?.aim.target;
  const fingerprint = target && 'filter' in target ? target.filter.fingerprint : undefined;
  return groups.data?.groups.find((group) => group.fingerprint === fingerprint)?.field ?? null;
}
