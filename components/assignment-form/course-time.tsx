'use client';

import { useQuery } from '@tanstack/react-query';
import { Time } from '@/components/ui/time';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { courseQuery } from '@/lib/client/courses';

type Props = { value: string | null; courseId: string; hasZone?: boolean; none?: string };

/** A date of an assignment, in the time zone of its course, which is named where the reader is in another one. */
export function CourseTime({ value, courseId, hasZone = false, none = 'None' }: Props) {
  const ownZone = useTimeZone();
  const { data, isError } = useQuery(courseQuery(courseId));
  if (value === null) return <span className="text-muted">{none}</span>;
  // Without the course its zone is unknown: UTC, by name, is better than a time in the wrong zone.
  if (isError) return <Time value={value} timeZone="UTC" hasZone />;
  if (!data) return <span className="text-muted">…</span>;
  return <Time value={value} timeZone={data.timeZone} hasZone={hasZone || data.timeZone !== ownZone} />;
}
