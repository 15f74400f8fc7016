'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { batchPath } from '@/components/rollbacks/rollback-labels';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { TextArea } from '@/components/ui/text-area';
import { useRollback } from '@/lib/client/rollbacks';
import {
  type RollbackInput,
  type RollbackPlan,
  type RunRollback,
  runRollbackSchema,
} from '@/lib/shared/rollback';

type Props = { input: RollbackInput; plan: RollbackPlan; onDone: (message: string) => void };

/** Asks why, then once more, then rolls back; a batch is followed on its own page. */
export function RunForm({ input, plan, onDone }: Props) {
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<RunRollback | null>(null);
  const rollback = useRollback((answer) => {
    setAsked(null);
    if (answer.result === 'batch') router.push(batchPath(answer.batchId));
    else onDone(answer.message);
  });

  function ask(event: FormEvent) {
    event.preventDefault();
    const result = runRollbackSchema.safeParse({ ...input, ...shownBy(plan), reason });
    setProblem(result.error?.issues[0]?.message);
    setAsked(result.data ?? null);
  }

  return (
    <Section title="Run it">
      <form noValidate onSubmit={ask} className="flex max-w-2xl flex-col items-start gap-3">
        <Field
          label="Reason"
          hint="Kept with the rollback, for those who ask later."
          error={problem}
          isRequired
          className="w-full"
        >
          <TextArea
            rows={2}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
        <Button type="submit" variant="danger">
          Roll back
        </Button>
      </form>
      <ConfirmDialog
        isOpen={asked !== null}
        title="Roll back now?"
        confirmLabel="Roll back"
        cancelLabel="Not now"
        isDangerous
        isPending={rollback.isPending}
        onCancel={() => setAsked(null)}
        onConfirm={() => asked && rollback.mutate(asked)}
      >
        <p>What the plan lists happens now, step by step. What somebody changes meanwhile stays as it is.</p>
        {rollback.error && (
          <div className="mt-3">
            <ErrorState title="Nothing was rolled back" error={rollback.error} />
          </div>
        )}
      </ConfirmDialog>
    </Section>
  );
}

/** What is run is what the plan showed: that version of a create, those deeds of a person and none that followed. */
function shownBy(plan: RollbackPlan) {
  if (plan.kind === 'actor') return { from: plan.from, to: plan.to };
  return plan.kind === 'create' && plan.assignment ? { version: plan.assignment.version } : {};
}
