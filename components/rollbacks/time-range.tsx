'use client';

import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { toLocalText } from '@/lib/shared/course-time';

type Props = { from: string; to: string; timeZone: string; errors: Record<string, string> };

/** From when until when, in the time zone of the person who asks. */
export function TimeRange({ from, to, timeZone, errors }: Props) {
  return (
    <>
      <Field label="From" error={errors.from} hint={timeZone} isRequired className="w-full sm:w-56">
        <DateTimeInput name="from" step={1} defaultValue={localText(from, timeZone)} />
      </Field>
      <Field label="To" error={errors.to} hint={timeZone} isRequired className="w-full sm:w-56">
        <DateTimeInput name="to" step={1} defaultValue={localText(to, timeZone)} />
      </Field>
    </>
  );
}

/** A link may carry anything; what is no instant is left to be typed. */
function localText(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? '' : toLocalText(new Date(time).toISOString(), timeZone);
}
