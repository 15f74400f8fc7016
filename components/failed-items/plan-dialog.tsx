'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { ACTION_VERBS } from '@/components/failed-items/outcome-text';
import { PlanFacts } from '@/components/failed-items/plan-facts';
import type { Question } from '@/components/failed-items/use-actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { countOf } from '@/components/ui/number-format';
import { NumberInput } from '@/components/ui/number-input';
import { Skeleton } from '@/components/ui/skeleton';
import { TextInput } from '@/components/ui/text-input';
import { type ActionOptions, actionPlanQuery } from '@/lib/client/failed-items';
import { useDebounced } from '@/lib/client/use-debounced';
import type { AppError } from '@/lib/shared/app-error';
import { type ActionPlan, MOST_AT_ONCE } from '@/lib/shared/failed-item';

const RATE = { default: 100, most: 1000 };
const SHORTEST_REASON = 3;

type Props = {
  question: Extract<Question, { ask: 'plan' }>;
  isPending: boolean;
  /** Why the last attempt to start it was refused. */
  error: AppError | undefined;
  onConfirm: (options: ActionOptions) => void;
  onCancel: () => void;
};

/** What a large action would do, before it does it: how many, how long, what not and why. */
export function PlanDialog({ question, isPending, error, onConfirm, onCancel }: Props) {
  const { action, aim, options } = question;
  const formId = useId();
  const terms = useTerms(options);
  const itemsPerSecond = useDebounced(terms.rate ?? RATE.default);
  const plan = useQuery(
    actionPlanQuery({ action, target: aim.target, options: { ...options, itemsPerSecond } }),
  );
  const { eligible, matching } = plan.data ?? { eligible: 0, matching: 0 };
  const isBatch = matching > MOST_AT_ONCE;
  const verb = ACTION_VERBS[action];
  const { form, confirm } = useFocusOnce(plan.data !== undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending || eligible === 0) return;
    if (!isBatch) return onConfirm(options);
    terms.judge();
    if (terms.chosen) onConfirm(terms.chosen);
  }

  return (
    <Dialog
      isOpen
      onClose={onCancel}
      title={options.patch ? `Change and retry ${aim.name}?` : `${verb} ${aim.name}?`}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button
            ref={confirm}
            type="submit"
            form={formId}
            variant={action === 'discard' ? 'danger' : 'primary'}
            isPending={isPending}
            disabled={eligible === 0}
          >
            {plan.data ? `${verb} ${countOf(eligible, 'item')}` : verb}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {error && <ErrorState title="It was not started" error={error} />}
        <Plan plan={plan} question={question} />
        {isBatch && <BatchTerms terms={terms} hasReason={action !== 'discard'} />}
      </form>
    </Dialog>
  );
}

/** Once the plan is there, the focus goes to what is asked for, or where nothing is, to the button that carries it out. */
function useFocusOnce(isReady: boolean) {
  const form = useRef<HTMLFormElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isReady) (form.current?.querySelector('input') ?? confirm.current)?.focus();
  }, [isReady]);
  return { form, confirm };
}

/** Reason and rate as they are typed; `chosen` is undefined while one of them is missing. */
function useTerms(options: ActionOptions) {
  const [reason, setReason] = useState(options.reason ?? '');
  const [rateText, setRateText] = useState(String(RATE.default));
  const [isJudged, setIsJudged] = useState(false);
  const number = Number(rateText);
  const rate = Number.isInteger(number) && number >= 1 && number <= RATE.most ? number : undefined;
  const isShort = reason.trim().length < SHORTEST_REASON;
  return {
    ...{ reason, setReason, rateText, setRateText, rate },
    judge: () => setIsJudged(true),
    reasonProblem:
      isJudged && isShort ? `Give a reason of at least ${SHORTEST_REASON} characters` : undefined,
    chosen: rate && !isShort ? { ...options, reason: reason.trim(), itemsPerSecond: rate } : undefined,
  };
}

type BatchTermsProps = { terms: ReturnType<typeof useTerms>; hasReason: boolean };

/** What is asked of those who start a batch. */
function BatchTerms({ terms, hasReason }: BatchTermsProps) {
  const { reason, setReason, rateText, setRateText, rate } = terms;
  return (
    <>
      {hasReason && (
        <Field
          label="Reason"
          hint="Kept with the batch, for those who look at it later."
          error={terms.reasonProblem}
          isRequired
        >
          <TextInput value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </Field>
      )}
      <Field
        label="Items a second, at most"
        error={rate === undefined ? `Give a whole number from 1 to ${RATE.most}` : undefined}
        className="max-w-52"
      >
        <NumberInput
          inputMode="numeric"
          value={rateText}
          onChange={({ target }) => setRateText(target.value)}
        />
      </Field>
    </>
  );
}

type PlanProps = { plan: UseQueryResult<ActionPlan, AppError>; question: Props['question'] };

function Plan({ plan: { data, error, refetch }, question: { action, options } }: PlanProps) {
  if (data) return <PlanFacts plan={data} action={action} hasPatch={Boolean(options.patch)} />;
  if (!error) return <PlanSkeleton />;
  return (
    <ErrorState title="What it would do could not be found out" error={error} onRetry={() => refetch()} />
  );
}

function PlanSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-muted">
        Looking at each of them…
      </p>
      <Skeleton className="h-14 w-full" />
      <Skeleton className="w-2/3" />
    </div>
  );
}
