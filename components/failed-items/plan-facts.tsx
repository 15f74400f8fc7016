import { PatchPreview } from '@/components/failed-items/patch-preview';
import { safetySentence } from '@/components/failed-items/retry-safety-line';
import { Callout } from '@/components/ui/callout';
import { countOf, formatCount, formatDuration } from '@/components/ui/number-format';
import { StatList } from '@/components/ui/stat-list';
import { type ActionPlan, CANARY, type FailedItemAction, MOST_AT_ONCE } from '@/lib/shared/failed-item';

const WILL: Record<FailedItemAction, string> = {
  retry: 'retried',
  discard: 'discarded',
  snooze: 'snoozed',
  restore: 'restored',
};

type Props = { plan: ActionPlan; action: FailedItemAction; hasPatch: boolean };

/** A plan in numbers and sentences. */
export function PlanFacts({ plan, action, hasPatch }: Props) {
  const { matching, eligible, writeUnits, seconds, canaryItems, safety } = plan;
  return (
    <>
      {action === 'retry' && !safety.isSafe && <Callout tone="warning" title={safetySentence(safety)} />}
      <p>
        {eligible === 0
          ? 'There is nothing to do: none of them is eligible.'
          : `${formatCount(eligible)} of ${formatCount(matching)} will be ${WILL[action]}. What fails later is not touched.`}
        {!plan.isComplete && ' Counting was cut short: there may be more.'}
      </p>
      <StatList
        stats={[
          { label: 'Will run', value: formatCount(eligible) },
          { label: 'Will not', value: formatCount(matching - eligible) },
          { label: 'Write units', value: formatCount(writeUnits) },
          { label: 'Takes about', value: formatDuration(seconds) },
        ]}
      />
      <NotEligible reasons={plan.notEligible} />
      {canaryItems > 0 && (
        <p>
          {countOf(canaryItems, 'item')} go first. The others follow only if at least {CANARY.mustSucceed} of
          them succeed.
        </p>
      )}
      {matching > MOST_AT_ONCE && (
        <p className="text-muted">
          It runs as a batch that can be paused, resumed and cancelled, also when this page is closed.
        </p>
      )}
      {hasPatch && <PatchPreview preview={plan.preview} total={matching} />}
    </>
  );
}

function NotEligible({ reasons }: { reasons: ActionPlan['notEligible'] }) {
  if (reasons.length === 0) return null;
  return (
    <div>
      <p className="font-medium text-sm">Why some will not</p>
      <ul className="mt-1 flex flex-col text-sm">
        {reasons.map(({ reason, count }) => (
          <li key={reason}>
            <span className="tabular-nums">{formatCount(count)}</span>: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
