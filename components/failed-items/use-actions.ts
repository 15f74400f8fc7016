'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { type Aim, isDoneAtOnce } from '@/components/failed-items/aim';
import { batchPath } from '@/components/failed-items/failed-item-labels';
import { type ActionOptions, useFailedItemAction } from '@/lib/client/failed-items';
import { AppError } from '@/lib/shared/app-error';
import type { FailedItemAction, ItemOutcome } from '@/lib/shared/failed-item';

/** What is asked before an action: its reason, its end, its changes, or whether its plan is right. */
export type Question =
  | { ask: 'discard' | 'snooze' | 'patch'; aim: Aim }
  | { ask: 'plan'; aim: Aim; action: FailedItemAction; options: ActionOptions };

/** What came of the last action. */
export type ActionReport = { action: FailedItemAction; aim: Aim; number: number } & (
  | { outcomes: ItemOutcome[]; error?: never }
  | { error: AppError; outcomes?: never }
);

/** Actions that can be taken back by restoring. */
const UNDOABLE: readonly FailedItemAction[] = ['discard', 'snooze'];

/**
 * Asks what an action needs, does it and keeps what came of it. A few items are acted on at once; more show a plan first and
 * lead to the page of their batch.
 * @param onDone called after every action that was carried out
 */
export function useActions(onDone: () => void) {
  const router = useRouter();
  const [question, setQuestion] = useState<Question>();
  const [report, setReport] = useState<ActionReport>();
  const [pending, setPending] = useState<readonly Aim[]>([]);
  const undoable = useRef<Aim[]>([]);
  const number = useRef(0);
  const { mutateAsync } = useFailedItemAction();

  /** Does it without asking. */
  async function carryOut(action: FailedItemAction, aim: Aim, options: ActionOptions = {}) {
    setPending((others) => [...others, aim]);
    number.current += 1;
    const head = { action, aim, number: number.current };
    try {
      const answer = await mutateAsync({ action, target: aim.target, options });
      setQuestion(undefined);
      onDone();
      if (answer.kind === 'batch') router.push(batchPath(answer.batchId));
      if (answer.kind === 'outcomes') show({ ...head, outcomes: answer.outcomes });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      setReport({ ...head, error: thrown });
    } finally {
      setPending((others) => others.filter((other) => other !== aim));
    }
  }

  function show(done: Extract<ActionReport, { outcomes: ItemOutcome[] }>) {
    setReport(done);
    if (UNDOABLE.includes(done.action)) keepForUndo(done.aim, done.outcomes);
  }

  function keepForUndo(aim: Aim, outcomes: ItemOutcome[]) {
    const ids = outcomes.flatMap(({ id, outcome }) => (outcome === 'succeeded' ? [id] : []));
    if (ids.length > 0) undoable.current.push({ ...aim, target: { ids }, count: ids.length });
  }

  /** Does it, or shows its plan where it is large. */
  function propose(action: FailedItemAction, aim: Aim, options: ActionOptions = {}) {
    setReport(undefined);
    if (isDoneAtOnce(aim) && !options.patch) void carryOut(action, aim, options);
    else setQuestion({ ask: 'plan', aim, action, options });
  }

  return {
    question,
    report,
    propose,
    carryOut,
    ask: (ask: 'discard' | 'snooze' | 'patch', aim: Aim) => {
      setReport(undefined);
      setQuestion({ ask, aim });
    },
    cancel: () => setQuestion(undefined),
    closeReport: () => setReport(undefined),
    /** Restores what was discarded or snoozed last. Answers false where there is nothing to take back. */
    undo: () => {
      const aim = undoable.current.pop();
      if (aim) propose('restore', aim);
      return aim !== undefined;
    },
    isPending: pending.length > 0,
    isPendingFor: (id: string) => pending.some(({ target }) => 'ids' in target && target.ids.includes(id)),
  };
}

export type Actions = ReturnType<typeof useActions>;
