import Link from 'next/link';
import { CourseTime } from '@/components/assignment-form/course-time';
import { Time } from '@/components/ui/time';
import { useMay } from '@/lib/client/session-context';
import type { AssignmentAction, AssignmentEvent, AuditValue } from '@/lib/shared/audit-event';
import { FIELD_LABELS, isFieldName } from '@/lib/shared/field-labels';
import { requestPath } from '@/lib/shared/request';

const SENTENCES: Record<AssignmentAction, string> = {
  CREATE_ASSIGNMENT: 'Created',
  UPDATE_ASSIGNMENT: 'Edited',
  ARCHIVE_ASSIGNMENT: 'Archived',
  RESTORE_ASSIGNMENT: 'Restored as a draft',
  DELETE_ASSIGNMENT: 'Deleted',
};

type Props = { event: AssignmentEvent; courseId: string };

/** One audit event: what, who, when, under which request, and the fields before and after. */
export function HistoryEntry({ event, courseId }: Props) {
  const { action, actor, time, requestId, assignmentVersion } = event;
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-3 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          <strong className="font-medium">{SENTENCES[action]}</strong> by {actor.role}, {actor.department}
        </span>
        <Time value={time} />
      </p>
      {action === 'UPDATE_ASSIGNMENT' && <Changes event={event} courseId={courseId} />}
      <p className="mt-1 break-all text-muted text-xs">
        Version {assignmentVersion}, user {actor.id}, request <RequestName requestId={requestId} />
      </p>
    </li>
  );
}

/** A link for those who may read requests. */
function RequestName({ requestId }: { requestId: string }) {
  if (!useMay('request:read')) return requestId;
  return (
    <Link
      href={requestPath(requestId)}
      className="inline-block min-h-6 leading-6 underline underline-offset-2"
    >
      {requestId}
    </Link>
  );
}

function Changes({ event, courseId }: Props) {
  return (
    <dl className="mt-2 flex flex-col gap-1">
      {Object.entries(event.changes).map(([field, { before, after }]) => (
        <div key={field} className="grid grid-cols-1 gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <dt className="text-muted">{isFieldName(field) ? FIELD_LABELS[field] : field}</dt>
          <dd className="min-w-0 break-words">
            <del className="text-muted">
              <Value field={field} value={before ?? null} courseId={courseId} />
            </del>
            <span aria-hidden> → </span>
            <ins className="no-underline">
              <Value field={field} value={after} courseId={courseId} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const DATES = new Set(['availableFrom', 'dueAt', 'availableUntil']);

function Value({ field, value, courseId }: { field: string; value: AuditValue; courseId: string }) {
  if (value === null || value === '') return <span className="text-muted">none</span>;
  if (typeof value === 'object') {
    return (
      <>
        <bdi>{value.excerpt}</bdi>… ({value.length.toLocaleString('en')} characters)
      </>
    );
  }
  if (DATES.has(field)) return <CourseTime value={String(value)} courseId={courseId} hasZone />;
  return <bdi>{String(value)}</bdi>;
}
