import { Callout } from '@/components/ui/callout';
import type { Effect } from '@/lib/shared/assignment';

const MEANINGS: Record<Effect, string> = {
  course: 'the count of the course',
  instructor: 'the count of the instructor',
  audit: 'the audit event',
};

/** The assignment itself is stored; says what of its accounting is still under way. */
export function PendingEffects({ effects }: { effects: Effect[] }) {
  if (effects.length === 0) return null;
  const pending = new Intl.ListFormat('en').format(effects.map((effect) => MEANINGS[effect]));
  return (
    <Callout tone="warning" role="status" title="Saved, with one step to follow">
      Still to be written: {pending}. It happens by itself, once, as soon as DynamoDB takes it.
    </Callout>
  );
}
