'use client';

import { useEffect } from 'react';
import { RepairOutcomes } from '@/components/consistency/repair-outcomes';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { useRepair, useRepairPreview } from '@/lib/client/consistency';
import type { InvariantName, RepairAnswer } from '@/lib/shared/consistency';

/** What is to be repaired: some differences, or all of a rule. */
export type RepairTarget = { differenceIds: string[] } | { invariant: InvariantName };

type Props = { runId: string; target: RepairTarget | null; onClose: () => void };

/** Shows what a repair will do before it does it, and afterwards what came of it. */
export function RepairDialog({ runId, target, onClose }: Props) {
  return (
    <Dialog isOpen={target !== null} onClose={onClose} title="Repair">
      {target && <Question runId={runId} target={target} onClose={onClose} />}
    </Dialog>
  );
}

type QuestionProps = { runId: string; target: RepairTarget; onClose: () => void };

function Question({ runId, target, onClose }: QuestionProps) {
  const preview = useRepairPreview(runId);
  const repair = useRepair(runId);
  const { mutate: look } = preview;
  useEffect(() => look(target), [look, target]);

  const planned = preview.data?.outcomes.filter(({ outcome }) => outcome === 'planned').length ?? 0;
  const answer = repair.data ?? preview.data;
  return (
    <div className="flex flex-col gap-4">
      {answer ? <Answer answer={answer} /> : !preview.error && <Looking />}
      {preview.error && (
        <ErrorState
          title="The data could not be looked at"
          error={preview.error}
          onRetry={() => look(target)}
        />
      )}
      {repair.error && <ErrorState title="Nothing is known of the repair" error={repair.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{repair.data ? 'Close' : 'Cancel'}</Button>
        {!repair.data && planned > 0 && (
          <Button variant="primary" isPending={repair.isPending} onClick={() => repair.mutate(target)}>
            Repair {countOf(planned, 'difference')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Looking() {
  return (
    <div className="flex flex-col gap-2">
      <p role="status">Looking at the data once more</p>
      <Skeleton className="h-12 w-full" />
    </div>
  );
}

function Answer({ answer: { outcomes, left } }: { answer: RepairAnswer }) {
  if (outcomes.length === 0) return <p role="status">Nothing is left to repair.</p>;
  return (
    <>
      <RepairOutcomes outcomes={outcomes} />
      {left > 0 && <p className="text-muted text-sm">{countOf(left, 'difference')} more come after these.</p>}
    </>
  );
}
