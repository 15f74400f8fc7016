'use client';

import Link from 'next/link';
import { assignmentPath, EFFECT_LABELS, WAY_LABELS } from '@/components/rollbacks/rollback-labels';
import { Time } from '@/components/ui/time';
import { CREATE_WAYS, type CreatePlan, type CreateWay } from '@/lib/shared/rollback';

type Props = { plan: CreatePlan; onWay: (way: CreateWay) => void };

/** The assignment, what of its creation is pending, and the two ways to put it right. */
export function CreateFacts({ plan, onWay }: Props) {
  const { assignment, assignmentId } = plan;
  if (!assignment) return <p className="break-all font-medium">{assignmentId}</p>;
  const pending = assignment.pendingEffects.map((effect) => EFFECT_LABELS[effect]);
  return (
    <>
      <p>
        <Link
          href={assignmentPath(assignmentId)}
          className="rounded font-medium underline underline-offset-2"
        >
          {assignment.title}
        </Link>{' '}
        in {assignment.courseId}, created <Time value={assignment.createdAt} />, version {assignment.version}.
        {pending.length > 0 && <> Pending: {new Intl.ListFormat('en').format(pending)}.</>}
      </p>
      {pending.length > 0 && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="sr-only">How to put it right</legend>
          {CREATE_WAYS.map((way) => (
            <label key={way} className="flex cursor-pointer items-center gap-2">
              <input
                type="radio"
                name="way"
                value={way}
                checked={plan.way === way}
                onChange={() => onWay(way)}
                className="size-4 accent-accent-solid"
              />
              {WAY_LABELS[way]}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
