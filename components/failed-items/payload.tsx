import type { ReactNode } from 'react';
import { STATUS_LABELS, TYPE_LABELS } from '@/components/assignment-form/assignment-labels';
import { CourseTime } from '@/components/assignment-form/course-time';
import { Markdown } from '@/components/ui/markdown';
import { Section } from '@/components/ui/section';
import type { NewAssignment } from '@/lib/shared/assignment';
import { type FailedItemDetail, isUnresolved } from '@/lib/shared/failed-item';
import { FIELD_LABELS } from '@/lib/shared/field-labels';

/** What a retry will write, field by field, or what it does instead. */
export function Payload({ item: { kind, state, payload } }: { item: FailedItemDetail }) {
  return (
    <Section title={isUnresolved(state) ? 'What will be written' : 'What was to be written'}>
      {payload ? <Fields payload={payload} /> : <p>{WITHOUT_PAYLOAD[kind]}</p>}
    </Section>
  );
}

const WITHOUT_PAYLOAD = {
  effects: 'The assignment exists. What is missing of its counts and its audit event is written, once.',
  undo: 'The undo goes on where it stopped. Nothing new is written.',
  batch_row: 'What was to be written is not known any more.',
  create: 'What was to be written is not known any more.',
};

function Fields({ payload }: { payload: NewAssignment }) {
  const { courseId, description, maxAttempts } = payload;
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
      <Row label={FIELD_LABELS.title}>
        <bdi>{payload.title}</bdi>
      </Row>
      <Row label={FIELD_LABELS.courseId}>{courseId}</Row>
      <Row label={FIELD_LABELS.type}>{TYPE_LABELS[payload.type]}</Row>
      <Row label={FIELD_LABELS.status}>{STATUS_LABELS[payload.status]}</Row>
      <Row label={FIELD_LABELS.points}>{payload.points.toLocaleString('en')}</Row>
      <Row label={FIELD_LABELS.weight}>{payload.weight.toLocaleString('en')} %</Row>
      <Row label={FIELD_LABELS.maxAttempts}>{maxAttempts?.toLocaleString('en') ?? 'Any number'}</Row>
      <Row label={FIELD_LABELS.availableFrom}>
        <CourseTime value={payload.availableFrom} courseId={courseId} hasZone />
      </Row>
      <Row label={FIELD_LABELS.dueAt}>
        <CourseTime value={payload.dueAt} courseId={courseId} hasZone />
      </Row>
      <Row label={FIELD_LABELS.availableUntil}>
        <CourseTime value={payload.availableUntil} courseId={courseId} hasZone />
      </Row>
      <Row label={FIELD_LABELS.description}>
        {description ? <Markdown>{description}</Markdown> : <span className="text-muted">None</span>}
      </Row>
    </dl>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 px-4 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
