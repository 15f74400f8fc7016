import { EntryLink } from '@/components/audit-log/entry-link';
import { Code, Fact } from '@/components/audit-log/fact';
import { formatCount } from '@/components/ui/number-format';
import type { AuditEvent } from '@/lib/shared/audit-event';

/** What only some events say: the batch and row that they come from, the numbers of a batch, the size of a file. */
export function EventParticulars({ event }: { event: AuditEvent }) {
  const batch = 'batch' in event ? event.batch : undefined;
  const bulkId = 'bulkId' in event ? event.bulkId : null;
  const counts = 'counts' in event ? numbersOf(event.counts) : [];
  const rows = 'rows' in event ? event.rows : null;
  return (
    <>
      {batch && (
        <Fact name="Batch">
          Row {formatCount(batch.rowNumber)} of <BatchLink batchId={batch.batchId} />
        </Fact>
      )}
      {bulkId && (
        <Fact name="Done by">
          <BatchLink batchId={bulkId} />
        </Fact>
      )}
      {counts.length > 0 && <Fact name="Numbers">{counts.join(', ')}</Fact>}
      {rows !== null && <Fact name="Rows">{formatCount(rows)}</Fact>}
    </>
  );
}

/** All rows first, then what became of them; what is zero is not worth a word. */
function numbersOf({ rows = 0, ...outcomes }: Record<string, number>): string[] {
  return Object.entries({ rows, ...outcomes })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${formatCount(count)} ${name}`);
}

function BatchLink({ batchId }: { batchId: string }) {
  return (
    <EntryLink href={`/audit-log?${new URLSearchParams({ batchId })}`}>
      <Code text={batchId} />
    </EntryLink>
  );
}
