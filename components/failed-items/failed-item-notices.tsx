import Link from 'next/link';
import { causeSentence } from '@/components/failed-items/cause-sentence';
import { assignmentPath } from '@/components/failed-items/failed-item-labels';
import { Callout } from '@/components/ui/callout';
import { Time } from '@/components/ui/time';
import { type FailedItemDetail, isUnresolved } from '@/lib/shared/failed-item';

/** What one should know before doing anything: the cause, what helps, and what stands in the way. */
export function FailedItemNotices({ item }: { item: FailedItemDetail }) {
  const { state, blocked } = item;
  return (
    <>
      {isUnresolved(state) && <CauseNotice item={item} />}
      {state === 'succeeded' && <SucceededNotice item={item} />}
      {state === 'discarded' && (
        <Callout tone="neutral" title="Discarded">
          <p className="break-words">{item.discardReason ?? 'No reason was given.'}</p>
        </Callout>
      )}
      {state === 'snoozed' && item.snoozedUntil && (
        <Callout tone="neutral">
          Snoozed until <Time value={item.snoozedUntil} />, then open again by itself.
        </Callout>
      )}
      {isUnresolved(state) && <TargetNotice item={item} />}
      {isUnresolved(state) && blocked && (
        <Callout tone="warning" title="It cannot be retried at this moment">
          <p className="break-words">{blocked}</p>
        </Callout>
      )}
    </>
  );
}

function CauseNotice({ item }: { item: FailedItemDetail }) {
  const { sentence, whatToDo } = causeSentence(item);
  return (
    <Callout tone="danger" title={sentence}>
      <p>{whatToDo}</p>
      <p className="mt-1 break-words text-muted text-sm">
        {item.message} <code className="font-mono text-xs">{item.code}</code>
      </p>
    </Callout>
  );
}

function SucceededNotice({ item: { assignmentId } }: { item: FailedItemDetail }) {
  return (
    <Callout tone="success" title="Written in the end">
      {assignmentId && <AssignmentLink assignmentId={assignmentId}>Open the assignment</AssignmentLink>}
    </Callout>
  );
}

/** What stands under its ID already: this very write, or another assignment. */
function TargetNotice({ item: { target, hasLanded, kind } }: { item: FailedItemDetail }) {
  if (!target || kind === 'effects') return null;
  if (hasLanded) {
    return (
      <Callout tone="info" title="It had arrived after all">
        Only its answer was lost:{' '}
        <AssignmentLink assignmentId={target.assignmentId}>{target.title}</AssignmentLink> exists. A retry
        creates nothing; it only settles the books.
      </Callout>
    );
  }
  return (
    <Callout tone="warning" title="Another assignment has this ID">
      <AssignmentLink assignmentId={target.assignmentId}>{target.title}</AssignmentLink> was written by
      somebody else and will not be overwritten.
    </Callout>
  );
}

function AssignmentLink({ assignmentId, children }: { assignmentId: string; children: string }) {
  return (
    <Link href={assignmentPath(assignmentId)} className="underline underline-offset-2">
      <bdi>{children}</bdi>
    </Link>
  );
}
