import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import type { Tone } from '@/components/ui/tone';
import type { BatchKind, TargetOutcome, TargetResult } from '@/lib/shared/batch';

const TONES: Record<TargetOutcome, Tone> = { succeeded: 'success', skipped: 'warning', failed: 'danger' };

/** One row per target; it leads to the failed item, or to the assignment of a rollback. */
export function TargetTable({ kind, results }: { kind: BatchKind; results: readonly TargetResult[] }) {
  const root = kind === 'rollback' ? '/assignments' : '/failed-items';
  return (
    <Table caption="Results">
      <TableHead>
        <HeaderCell>{kind === 'rollback' ? 'Assignment' : 'Failed item'}</HeaderCell>
        <HeaderCell>Outcome</HeaderCell>
        <HeaderCell>What happened</HeaderCell>
      </TableHead>
      <TableBody>
        {results.map(({ target, outcome, code, message }) => (
          <TableRow key={target}>
            <RowHeaderCell className="min-w-56 break-all font-mono font-normal text-xs">
              <Link
                href={`${root}/${encodeURIComponent(target)}`}
                className="rounded underline underline-offset-2"
              >
                {target}
              </Link>
            </RowHeaderCell>
            <Cell>
              <Badge tone={TONES[outcome]}>{outcome}</Badge>
            </Cell>
            <Cell className="min-w-56 break-words">
              {code && <code className="block font-mono text-muted text-xs">{code}</code>}
              {message}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
