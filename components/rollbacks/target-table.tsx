import Link from 'next/link';
import { assignmentPath, STEP_LABELS } from '@/components/rollbacks/rollback-labels';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { FIELD_LABELS, isFieldName } from '@/lib/shared/field-labels';
import { CANNOT, type RollbackTarget } from '@/lib/shared/rollback';

/** One row per assignment: what would become of it, or why it stays. */
export function TargetTable({ targets }: { targets: RollbackTarget[] }) {
  return (
    <Table caption="Assignments of the plan">
      <TableHead>
        <HeaderCell>Assignment</HeaderCell>
        <HeaderCell>Course</HeaderCell>
        <HeaderCell>What happens</HeaderCell>
        <HeaderCell>Last change</HeaderCell>
      </TableHead>
      <TableBody>
        {targets.map((target) => (
          <TargetRow key={target.assignmentId} target={target} />
        ))}
      </TableBody>
    </Table>
  );
}

function TargetRow({ target }: { target: RollbackTarget }) {
  const { assignmentId, title, courseId, changedAt, reason } = target;
  const isThere = reason !== 'gone' && reason !== 'deleted';
  return (
    <TableRow>
      <RowHeaderCell>
        {isThere ? (
          <Link href={assignmentPath(assignmentId)} className="rounded underline underline-offset-2">
            {title}
          </Link>
        ) : (
          title
        )}
      </RowHeaderCell>
      <Cell>{courseId}</Cell>
      <Cell>
        <Outcome target={target} />
      </Cell>
      <Cell>
        <Time value={changedAt} />
      </Cell>
    </TableRow>
  );
}

function Outcome({ target: { step, reason, changes, isPartial } }: { target: RollbackTarget }) {
  if (step === null) return <span className="text-muted">Stays: {reason && CANNOT[reason]}</span>;
  return (
    <>
      <span className="font-medium">{STEP_LABELS[step]}</span>
      {step === 'set_back' && (
        <ul className="text-sm">
          {changes.map(({ field, now, before }) => (
            <li key={field} className="break-words">
              {isFieldName(field) ? FIELD_LABELS[field] : field}:{' '}
              <del className="text-muted">{now || 'none'}</del>
              <span aria-hidden> → </span>
              <ins className="no-underline">{before || 'none'}</ins>
            </li>
          ))}
        </ul>
      )}
      {isPartial && (
        <span className="block text-muted text-sm">
          An earlier change stays: somebody else changed it in between.
        </span>
      )}
    </>
  );
}
