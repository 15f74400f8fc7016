'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { EntryLink } from '@/components/audit-log/entry-link';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { auditRowsQuery } from '@/lib/client/audit-log';
import type { AuditEventEntry, AuditRowsEntry } from '@/lib/shared/audit-log';
import { requestPath } from '@/lib/shared/request';

type Props = { entry: AuditRowsEntry; onOpen: (ref: string) => void };

/** The rows that one line of the trail stands for, each an event of its own. */
export function BatchRows({ entry, onOpen }: Props) {
  const rows = useInfiniteQuery(auditRowsQuery(entry));
  if (rows.isPending) return <Skeleton className="h-24 w-full" />;
  if (!rows.data) {
    return (
      <ErrorState title="The rows could not be loaded" error={rows.error} onRetry={() => rows.refetch()} />
    );
  }
  const items = rows.data.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-2">
      <ol aria-label={`Rows of ${entry.fileName ?? entry.batchId}`} className="flex flex-col">
        {items.map((row) => (
          <Row key={row.ref} row={row} onOpen={onOpen} />
        ))}
      </ol>
      <p className="flex flex-wrap items-center gap-3 text-muted text-sm">
        <span role="status">
          {formatCount(items.length)} of {formatCount(entry.rows)} rows
        </span>
        {rows.hasNextPage && (
          <Button size="small" isPending={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
            Show more rows
          </Button>
        )}
      </p>
    </div>
  );
}

function Row({ row, onOpen }: { row: AuditEventEntry; onOpen: Props['onOpen'] }) {
  const { resource, batch, requestId, ref } = row;
  if (resource.kind !== 'assignment') return null;
  return (
    <li className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b py-1 last:border-b-0 sm:grid-cols-[4rem_minmax(0,1fr)_8rem_minmax(0,14rem)_auto]">
      <span className="text-muted tabular-nums">Row {formatCount(batch?.rowNumber ?? 0)}</span>
      <span className="min-w-0">
        <EntryLink href={`/assignments/${encodeURIComponent(resource.assignmentId)}`} isTruncated>
          <bdi>{resource.title}</bdi>
        </EntryLink>
      </span>
      <span className="max-sm:hidden">{resource.courseId}</span>
      <span className="min-w-0 font-mono text-xs max-sm:hidden">
        <EntryLink href={requestPath(requestId)} isTruncated>
          {requestId}
        </EntryLink>
      </span>
      <Button size="small" variant="ghost" onClick={() => onOpen(ref)}>
        Details
      </Button>
    </li>
  );
}
