'use client';

import { useQuery } from '@tanstack/react-query';
import { BandList } from '@/components/objectives/band-list';
import { ForecastList } from '@/components/objectives/forecast-list';
import { ObjectiveTable } from '@/components/objectives/objective-table';
import { RuleTable } from '@/components/objectives/rule-table';
import { ErrorState } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { objectivesQuery } from '@/lib/client/objectives';

/** Promises and their error budgets, what is usual, what will happen, and the rules behind it. */
export function ObjectivePanel() {
  const { data, isPending, error, refetch } = useQuery(objectivesQuery());
  if (isPending) return <TableSkeleton rows={10} columns={4} label="Objectives are loading" />;
  if (!data) {
    return <ErrorState title="The objectives could not be judged" error={error} onRetry={() => refetch()} />;
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {error && (
        <ErrorState
          title="These numbers stand still: the objectives could not be judged again"
          error={error}
          onRetry={() => refetch()}
        />
      )}
      <Section
        title="Objectives"
        description="What is promised over 28 days, how much may still go wrong, and how fast it goes. A burn rate of 1 spends the budget in exactly 28 days."
      >
        <ObjectiveTable objectives={data.objectives} />
      </Section>
      <Section title="Forecasts" description="What will happen if things go on as they are.">
        <ForecastList forecasts={data.forecasts} />
      </Section>
      <Section
        title="Compared with the usual"
        description="The last whole hour beside the same hour of earlier weeks (UTC): median, and what is far from it."
      >
        <BandList bands={data.bands} />
      </Section>
      <Section
        title="Rules"
        description="Every rule with what it says now. A replay shows when it would have fired."
      >
        <RuleTable rules={data.rules} />
      </Section>
    </div>
  );
}
