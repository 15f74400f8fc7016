import Link from 'next/link';
import { batchRollbackPath } from '@/components/rollbacks/rollback-labels';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import type { ActorPlan, BatchFacts } from '@/lib/shared/rollback';

/** Who is meant, in which time, how much they changed, and the imports that have an undo of their own. */
export function ActorFacts({ plan }: { plan: ActorPlan }) {
  const { person, from, to, assignments, batches, batchCount } = plan;
  return (
    <>
      <p>
        <strong className="font-medium">{person.name}</strong> ({person.role}, {person.email}) changed{' '}
        {countOf(assignments, 'assignment')} between <Time value={from} /> and <Time value={to} />.
      </p>
      {batches.length > 0 && (
        <div>
          <h3 className="font-medium">Imports in this time are undone one by one</h3>
          <ul className="list-disc pl-5">
            {batches.map((batch) => (
              <li key={batch.batchId}>
                <Import batch={batch} />
              </li>
            ))}
          </ul>
          {batchCount > batches.length && (
            <p className="text-muted">and {batchCount - batches.length} more</p>
          )}
        </div>
      )}
    </>
  );
}

function Import({ batch: { batchId, fileName, created, state } }: { batch: BatchFacts }) {
  return (
    <>
      <Link href={batchRollbackPath(batchId)} className="break-words rounded underline underline-offset-2">
        {fileName}
      </Link>
      , {state === 'undone' ? 'undone' : `${countOf(created, 'assignment')} created`}
    </>
  );
}
