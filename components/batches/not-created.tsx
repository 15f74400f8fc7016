import { CauseList } from '@/components/batches/cause-list';
import { ButtonLink } from '@/components/ui/button-link';
import { buttonStyle } from '@/components/ui/button-style';
import { countOf } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { rejectedRowsPath } from '@/lib/client/batches';
import { useMay } from '@/lib/client/session-context';
import { type BatchDetail, isFinal } from '@/lib/shared/batch';

/** Why rows were not created, and the way to correct the rejected ones. */
export function NotCreated({ batch }: { batch: BatchDetail }) {
  const { batchId, kind, state, causes, rejected } = batch;
  const mayCreate = useMay('batch:create');
  if (causes.length === 0 && rejected === 0) return null;
  const canCorrect = kind === 'import' && rejected > 0;
  return (
    <Section
      title="Rows that were not created"
      actions={
        canCorrect && (
          <>
            <a href={rejectedRowsPath(batchId)} download className={buttonStyle('secondary', 'small')}>
              Download {countOf(rejected, 'rejected row')}
            </a>
            {mayCreate && isFinal(state) && (
              <ButtonLink size="small" href={`/batches?${new URLSearchParams({ corrects: batchId })}`}>
                Upload the corrected file
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <CauseList causes={causes} />
    </Section>
  );
}
