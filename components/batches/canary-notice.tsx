import { Callout } from '@/components/ui/callout';
import { type Batch, CANARY_FAILED, isFinal } from '@/lib/shared/batch';
import { CANARY } from '@/lib/shared/failed-item';

/** What a large retry waits for, or why it has paused by itself. */
export function CanaryNotice({ batch: { canary, state, problem } }: { batch: Batch }) {
  if (problem?.code === CANARY_FAILED) {
    return (
      <Callout tone="warning" title="Paused by itself: the first items failed again">
        <p className="break-words">{problem.message}.</p>
      </Callout>
    );
  }
  if (canary === 'waiting' && !isFinal(state)) {
    return (
      <Callout title="The first items go ahead">
        <p>
          {CANARY.items} go first. The others follow by themselves if at least {CANARY.mustSucceed} of them
          succeed.
        </p>
      </Callout>
    );
  }
  return null;
}
