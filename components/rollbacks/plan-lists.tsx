import { STEP_SENTENCES } from '@/components/rollbacks/rollback-labels';
import { Callout } from '@/components/ui/callout';
import { formatCount } from '@/components/ui/number-format';
import type { RollbackPlan } from '@/lib/shared/rollback';

/** What will happen, and what cannot be undone and why, with their numbers. */
export function PlanLists({ plan }: { plan: RollbackPlan }) {
  const { will, cannot, blocked, isComplete } = plan;
  return (
    <>
      {blocked !== null && <Callout title="Nothing to run">{blocked}.</Callout>}
      {will.length > 0 && (
        <div>
          <h3 className="font-medium">Will happen</h3>
          <ul className="list-disc pl-5">
            {will.map(({ step, count }) => (
              <li key={step}>{stepText(plan.kind, step, count)}</li>
            ))}
          </ul>
        </div>
      )}
      {cannot.length > 0 && (
        <div>
          <h3 className="font-medium">Cannot be undone</h3>
          <ul className="list-disc pl-5">
            {cannot.map(({ reason, count }) => (
              <li key={reason}>
                {plan.kind !== 'create' && <span className="tabular-nums">{formatCount(count)}: </span>}
                {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!isComplete && (
        <Callout tone="warning" title="These numbers are about a part only">
          There is more than a plan looks at. The rollback itself goes over everything.
        </Callout>
      )}
    </>
  );
}

function stepText(kind: RollbackPlan['kind'], step: RollbackPlan['will'][number]['step'], count: number) {
  const { one, many } = STEP_SENTENCES[step];
  if (kind !== 'create') return `${formatCount(count)} ${count === 1 ? one : many}`;
  return step === 'delete' ? 'The assignment is deleted' : one;
}
