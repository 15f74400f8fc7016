import Link from 'next/link';
import { batchPath } from '@/components/batches/batch-labels';
import { CanaryNotice } from '@/components/batches/canary-notice';
import { ButtonLink } from '@/components/ui/button-link';
import { Callout } from '@/components/ui/callout';
import { Time } from '@/components/ui/time';
import { useMay } from '@/lib/client/session-context';
import { type Batch, CANARY_FAILED, isBulk } from '@/lib/shared/batch';

/** What one should know about a batch beside its numbers: what stops it, why it was refused, which batches belong to it. */
export function BatchNotices({ batch }: { batch: Batch }) {
  return (
    <>
      {batch.failure && <Refusal failure={batch.failure} isFile={!isBulk(batch.kind)} />}
      {batch.canary && <CanaryNotice batch={batch} />}
      {batch.problem && batch.problem.code !== CANARY_FAILED && (
        <Callout tone="warning" title="Waiting for DynamoDB">
          <p className="break-words">{batch.problem.message}</p>
          <p>
            Nothing is lost. Trying again by itself since <Time value={batch.problem.since} />.{' '}
            <span className="text-muted">Code {batch.problem.code}</span>
          </p>
        </Callout>
      )}
      <Relations batch={batch} />
    </>
  );
}

type RefusalProps = { failure: NonNullable<Batch['failure']>; isFile: boolean };

function Refusal({ failure, isFile }: RefusalProps) {
  const mayCreate = useMay('batch:create');
  return (
    <Callout tone="danger" title={isFile ? 'The file was not accepted' : 'The list was not complete'}>
      <p className="break-words">{failure.message}</p>
      <p>
        Nothing was {isFile ? 'written' : 'done'}. <span className="text-muted">Code {failure.code}</span>
      </p>
      {mayCreate && isFile && (
        <ButtonLink href="/batches" size="small" className="mt-2">
          Upload a file
        </ButtonLink>
      )}
    </Callout>
  );
}

function Relations({ batch }: { batch: Batch }) {
  const { corrects, correctedBy, undoes, undoneBy } = batch;
  const relations = [
    ...(corrects ? [{ text: 'Corrects rejected rows of', batchId: corrects }] : []),
    ...correctedBy.map((batchId) => ({ text: 'Corrected by', batchId })),
    ...(undoes ? [{ text: 'Takes back', batchId: undoes }] : []),
    ...(undoneBy ? [{ text: 'Taken back by', batchId: undoneBy }] : []),
  ];
  if (relations.length === 0) return null;
  return (
    <ul className="flex flex-col text-sm">
      {relations.map(({ text, batchId }) => (
        <li key={text + batchId} className="min-h-6">
          {text}{' '}
          <Link
            href={batchPath(batchId)}
            className="break-all rounded text-accent underline underline-offset-2"
          >
            {batchId}
          </Link>
        </li>
      ))}
    </ul>
  );
}
