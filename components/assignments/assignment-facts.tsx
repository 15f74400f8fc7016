import Link from 'next/link';
import type { ReactNode } from 'react';
import { TYPE_LABELS } from '@/components/assignment-form/assignment-labels';
import { CourseTime } from '@/components/assignment-form/course-time';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import { useMay } from '@/lib/client/session-context';
import type { Assignment } from '@/lib/shared/assignment';
import { FIELD_LABELS } from '@/lib/shared/field-labels';
import { requestPath } from '@/lib/shared/request';

/** Every stored fact of an assignment; its dates in the zone of the course, what happened to it in the reader's. */
export function AssignmentFacts({ assignment }: { assignment: Assignment }) {
  const { courseId, createdBy } = assignment;
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm lg:col-start-2 lg:row-span-2 lg:row-start-1">
      <Fact label={FIELD_LABELS.type}>{TYPE_LABELS[assignment.type]}</Fact>
      <Fact label={FIELD_LABELS.points}>{assignment.points.toLocaleString('en')}</Fact>
      <Fact label={FIELD_LABELS.weight}>{assignment.weight.toLocaleString('en')} %</Fact>
      <Fact label={FIELD_LABELS.maxAttempts}>
        {assignment.maxAttempts?.toLocaleString('en') ?? 'Any number'}
      </Fact>
      <Fact label={FIELD_LABELS.availableFrom}>
        <CourseTime value={assignment.availableFrom} courseId={courseId} hasZone />
      </Fact>
      <Fact label={FIELD_LABELS.dueAt}>
        <CourseTime value={assignment.dueAt} courseId={courseId} hasZone />
      </Fact>
      <Fact label={FIELD_LABELS.availableUntil}>
        <CourseTime value={assignment.availableUntil} courseId={courseId} hasZone />
      </Fact>
      <Fact label="Created">
        <Time value={assignment.createdAt} />
        <span className="block text-muted">
          by {createdBy.role}, {createdBy.department}
          <span className="block break-all text-xs">{createdBy.id}</span>
        </span>
      </Fact>
      <Origin assignment={assignment} />
      <Fact label="Changed">
        <Time value={assignment.updatedAt} />
        <span className="block text-muted">version {assignment.version}</span>
      </Fact>
      <Fact label="Assignment ID">
        <Identifier value={assignment.assignmentId} label="Copy assignment ID" />
      </Fact>
      <Fact label="Request ID">
        <Identifier value={assignment.requestId} label="Copy request ID" />
        <RequestLink requestId={assignment.requestId} />
      </Fact>
    </dl>
  );
}

/** The batch and the row of its file; a link only for those who may read batches. */
function Origin({ assignment: { batchId, rowNumber } }: { assignment: Assignment }) {
  const mayRead = useMay('batch:read');
  if (!batchId) return null;
  const row = rowNumber === undefined ? '' : `, row ${rowNumber.toLocaleString('en')}`;
  return (
    <Fact label="From batch">
      {mayRead ? (
        <Link
          href={`/batches/${encodeURIComponent(batchId)}`}
          className="break-all text-accent underline underline-offset-2"
        >
          {batchId}
        </Link>
      ) : (
        <span className="break-all">{batchId}</span>
      )}
      {row}
    </Fact>
  );
}

/** For those who may read requests. */
function RequestLink({ requestId }: { requestId: string }) {
  if (!useMay('request:read')) return null;
  return (
    <Link
      href={requestPath(requestId)}
      className="inline-block min-h-6 text-accent leading-6 underline underline-offset-2"
    >
      What this request did
    </Link>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 px-4 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 [&_time]:whitespace-normal">{children}</dd>
    </div>
  );
}

function Identifier({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 break-all font-mono text-xs leading-6">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}
