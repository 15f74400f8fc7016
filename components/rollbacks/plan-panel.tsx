'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActorFacts } from '@/components/rollbacks/actor-facts';
import { BatchSubject } from '@/components/rollbacks/batch-subject';
import { CreateFacts } from '@/components/rollbacks/create-facts';
import { PlanLists } from '@/components/rollbacks/plan-lists';
import { RunForm } from '@/components/rollbacks/run-form';
import { TargetList } from '@/components/rollbacks/target-list';
import type { RollbackUrl } from '@/components/rollbacks/use-rollback-url';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { rollbackPlanQuery } from '@/lib/client/rollbacks';
import { useMay } from '@/lib/client/session-context';
import type { RollbackInput, RollbackPlan } from '@/lib/shared/rollback';

type Props = { input: RollbackInput; state: RollbackUrl };

/** The plan of one rollback in full, and the way to run it. */
export function PlanPanel({ input, state }: Props) {
  const { data: plan, error, isPending, isFetching, refetch } = useQuery(rollbackPlanQuery(input));
  const [done, setDone] = useState<string | null>(null);
  const mayRun = useMay('rollback:run');

  if (isPending) return <PlanSkeleton />;
  if (!plan) return <ErrorState title="There is no plan" error={error} onRetry={() => refetch()} />;
  return (
    <>
      <Section
        title="Plan"
        description={
          <>
            As of <Time value={plan.asOf} />. Nothing has been written.
          </>
        }
        actions={
          <Button size="small" isPending={isFetching} onClick={() => refetch()}>
            Plan again
          </Button>
        }
      >
        {error && <ErrorState title="This plan is not up to date" error={error} onRetry={() => refetch()} />}
        <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
          <Facts plan={plan} state={state} />
          <PlanLists plan={plan} />
        </div>
      </Section>
      {input.kind === 'actor' && (
        <TargetList input={input} cursor={state.url.cursor} onPage={state.goToPage} />
      )}
      {done && (
        <Callout tone="success" role="status" title="Done">
          {done}.
        </Callout>
      )}
      {mayRun && plan.blocked === null && <RunForm input={input} plan={plan} onDone={setDone} />}
      {!mayRun && <p className="text-muted">An administrator can run this rollback.</p>}
    </>
  );
}

function Facts({ plan, state }: { plan: RollbackPlan; state: RollbackUrl }) {
  switch (plan.kind) {
    case 'create':
      return (
        <CreateFacts
          plan={plan}
          onWay={(way) => state.show({ kind: 'create', assignmentId: plan.assignmentId, way })}
        />
      );
    case 'batch':
      return <BatchSubject batch={plan.batch} />;
    case 'actor':
      return <ActorFacts plan={plan} />;
  }
}

function PlanSkeleton() {
  return (
    <div
      role="status"
      aria-label="Planning"
      className="flex flex-col gap-3 rounded-lg border border-line p-4"
    >
      <Skeleton className="w-64" />
      <Skeleton className="w-96 max-w-full" />
      <Skeleton className="w-80 max-w-full" />
    </div>
  );
}
