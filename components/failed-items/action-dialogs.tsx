'use client';

import { DiscardDialog } from '@/components/failed-items/discard-dialog';
import { PatchDialog } from '@/components/failed-items/patch-dialog';
import { PlanDialog } from '@/components/failed-items/plan-dialog';
import { SnoozeDialog } from '@/components/failed-items/snooze-dialog';
import type { Actions } from '@/components/failed-items/use-actions';

type Props = {
  actions: Actions;
  /** The field that is wrong in what is to be changed, where that is known. */
  wrongField: string | null;
};

/** The question that is open, if any. */
export function ActionDialogs({ actions, wrongField }: Props) {
  const { question, report, isPending, propose, carryOut, cancel } = actions;
  if (!question) return null;
  const { aim } = question;
  switch (question.ask) {
    case 'discard':
      return (
        <DiscardDialog
          aim={aim}
          isPending={isPending}
          onConfirm={(reason) => propose('discard', aim, { reason })}
          onCancel={cancel}
        />
      );
    case 'snooze':
      return (
        <SnoozeDialog
          aim={aim}
          isPending={isPending}
          onConfirm={(until) => propose('snooze', aim, { until })}
          onCancel={cancel}
        />
      );
    case 'patch':
      return (
        <PatchDialog
          aim={aim}
          field={wrongField}
          onConfirm={(patch) => propose('retry', aim, { patch })}
          onCancel={cancel}
        />
      );
    case 'plan':
      return (
        <PlanDialog
          question={question}
          isPending={isPending}
          error={report?.error}
          onConfirm={(options) => carryOut(question.action, aim, options)}
          onCancel={cancel}
        />
      );
  }
}
