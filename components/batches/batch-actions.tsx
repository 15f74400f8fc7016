'use client';

import { useEffect, useRef } from 'react';
import { CancelButton } from '@/components/batches/cancel-button';
import { UndoButton } from '@/components/batches/undo-button';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { type BatchVerb, useBatchAction } from '@/lib/client/batches';
import { useMay } from '@/lib/client/session-context';
import type { Batch, BatchState } from '@/lib/shared/batch';

const CANCELLABLE: readonly BatchState[] = ['ready', 'running', 'paused'];
const UNDOABLE: readonly BatchState[] = ['cancelled', 'done', 'done_with_failures'];

/** What the person may do with a batch in its present state. */
export function BatchActions({ batch }: { batch: Batch }) {
  const { batchId, state } = batch;
  const mayControl = useMay('batch:control');
  const mayUndo = useMay('batch:undo');
  const group = useKeptFocus(state);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and this is none.
    <div
      ref={group}
      role="group"
      aria-label="Actions"
      tabIndex={-1}
      className="flex flex-wrap gap-2 outline-none"
    >
      {mayControl && isCancellable(batch) && <CancelButton batch={batch} />}
      {mayControl && state === 'running' && <ActionButton batchId={batchId} verb="pause" />}
      {mayControl && state === 'paused' && <ActionButton batchId={batchId} verb="resume" />}
      {mayControl && state === 'ready' && <ActionButton batchId={batchId} verb="start" />}
      {mayUndo && isUndoable(batch) && <UndoButton batch={batch} />}
    </div>
  );
}

/** The button that was pressed is gone in the next state: the focus stays with what can be done there. */
function useKeptFocus(state: BatchState) {
  const group = useRef<HTMLDivElement>(null);
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current === state) return;
    shown.current = state;
    if (document.activeElement === document.body) group.current?.focus({ preventScroll: true });
  }, [state]);
  return group;
}

/** An undo is finished or paused: half of it would help nobody. */
function isCancellable({ kind, state }: Batch): boolean {
  return kind !== 'undo' && CANCELLABLE.includes(state);
}

function isUndoable({ kind, state, created, undoneBy }: Batch): boolean {
  return kind === 'import' && created > 0 && undoneBy === null && UNDOABLE.includes(state);
}

const ACTIONS = {
  start: { label: 'Start', problem: 'The batch was not started', variant: 'primary' },
  pause: { label: 'Pause', problem: 'The batch was not paused', variant: 'secondary' },
  resume: { label: 'Resume', problem: 'The batch was not resumed', variant: 'primary' },
} as const;

type ActionProps = { batchId: string; verb: Extract<BatchVerb, keyof typeof ACTIONS> };

/** Does at once what can be taken back at once. */
function ActionButton({ batchId, verb }: ActionProps) {
  const action = useBatchAction(batchId, verb);
  const { label, problem, variant } = ACTIONS[verb];
  return (
    <>
      <Button variant={variant} isPending={action.isPending} onClick={() => action.mutate()}>
        {label}
      </Button>
      {action.error && (
        <div className="basis-full">
          <ErrorState title={problem} error={action.error} />
        </div>
      )}
    </>
  );
}
