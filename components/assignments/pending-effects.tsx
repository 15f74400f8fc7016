'use client';

import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { useMay } from '@/lib/client/session-context';
import type { Effect } from '@/lib/shared/assignment';

const MEANINGS: Record<Effect, string> = {
  course: 'the count of the course',
  instructor: 'the count of the instructor',
  audit: 'the audit event',
};

/** The assignment itself is stored; says what of its accounting is still under way. */
export function PendingEffects({ effects, assignmentId }: { effects: Effect[]; assignmentId: string }) {
  const mayRollBack = useMay('rollback:read');
  if (effects.length === 0) return null;
  const pending = new Intl.ListFormat('en').format(effects.map((effect) => MEANINGS[effect]));
  return (
    <Callout tone="warning" role="status" title="Saved, with one step to follow">
      Still to be written: {pending}. It happens by itself, once, as soon as DynamoDB takes it.
      {mayRollBack && (
        <>
          {' '}
          <Link
            href={`/rollbacks?${new URLSearchParams({ kind: 'create', assignmentId })}`}
            className="rounded underline underline-offset-2"
          >
            Roll this create back
          </Link>
          .
        </>
      )}
    </Callout>
  );
}
