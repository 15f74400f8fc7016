import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { countOf, formatCount } from '@/components/ui/number-format';
import type { Preview } from '@/lib/shared/batch';

/** What a person should look at before starting; none of it stops them. */
export function PreviewWarnings({ preview }: { preview: Preview }) {
  const { valid, duplicates, existing, ignoredColumns } = preview;
  return (
    <>
      {valid === 0 && (
        <Callout tone="danger" title="No row can be created">
          Look at the causes below, correct the file or choose other columns, and upload it again.
        </Callout>
      )}
      {existing.count > 0 && <Existing existing={existing} />}
      {duplicates.count > 0 && <Duplicates duplicates={duplicates} />}
      {ignoredColumns.length > 0 && (
        <Callout title={`Not used: ${countOf(ignoredColumns.length, 'column')}`}>
          <p className="break-words">
            <bdi>{ignoredColumns.join(', ')}</bdi>
          </p>
        </Callout>
      )}
    </>
  );
}

function Existing({ existing }: Pick<Preview, 'existing'>) {
  const { count, isComplete, examples } = existing;
  const rows = count === 1 ? '1 row equals' : `${formatCount(count)} rows equal`;
  return (
    <Callout tone="warning" title={`${rows} an assignment that exists already`}>
      <p>
        In course, title, type and due date. Starting creates {count === 1 ? 'it' : 'them'} a second time.
        {!isComplete && ' Only a part of the file could be compared; there may be more.'}
      </p>
      <ul>
        {examples.map(({ rowNumber, courseId, title, assignmentId }) => (
          <li key={rowNumber} className="min-h-6 break-words">
            Row {formatCount(rowNumber)}:{' '}
            <Link
              href={`/assignments/${encodeURIComponent(assignmentId)}`}
              className="rounded underline underline-offset-2"
            >
              <bdi>{title}</bdi>
            </Link>{' '}
            in {courseId}
          </li>
        ))}
      </ul>
      <Rest shown={examples.length} count={count} />
    </Callout>
  );
}

function Duplicates({ duplicates: { count, examples } }: Pick<Preview, 'duplicates'>) {
  const rows = count === 1 ? '1 row repeats' : `${formatCount(count)} rows repeat`;
  return (
    <Callout tone="warning" title={`${rows} an earlier row of the file`}>
      <p>In course, title, type and due date. Starting creates each of them.</p>
      <ul>
        {examples.map(({ rowNumber, firstRowNumber, courseId, title }) => (
          <li key={rowNumber} className="break-words">
            Row {formatCount(rowNumber)} repeats row {formatCount(firstRowNumber)}: <bdi>{title}</bdi> in{' '}
            {courseId}
          </li>
        ))}
      </ul>
      <Rest shown={examples.length} count={count} />
    </Callout>
  );
}

function Rest({ shown, count }: { shown: number; count: number }) {
  return count > shown ? <p className="text-muted">and {formatCount(count - shown)} more</p> : null;
}
