'use client';

import { FormField } from '@/components/assignments/form-field';
import type { AssignmentForm } from '@/components/assignments/use-assignment-form';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Time } from '@/components/ui/time';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { toInstant } from '@/lib/shared/course-time';

const DATES = ['availableFrom', 'dueAt', 'availableUntil'] as const;

type Props = { form: AssignmentForm; timeZone: string | undefined };

/** The three dates, typed in the time zone of the course; a person elsewhere sees their own time beside it. */
export function DateFields({ form, timeZone }: Props) {
  return (
    <fieldset className="grid grid-cols-1 gap-4 sm:col-span-6 sm:grid-cols-3">
      <legend className="mb-3 text-muted text-sm">
        {timeZone ? (
          <>
            Dates are in the time zone of the course,{' '}
            <strong className="font-medium text-ink">{timeZone}</strong>.
          </>
        ) : (
          'Choose a course first: dates are in its time zone.'
        )}
      </legend>
      {DATES.map((name) => (
        <FormField
          key={name}
          form={form}
          name={name}
          hint={timeZone && <OwnTime localText={form.watch(name)} timeZone={timeZone} />}
        >
          <DateTimeInput {...form.register(name, { deps: [...DATES] })} readOnly={!timeZone} />
        </FormField>
      ))}
    </fieldset>
  );
}

function OwnTime({ localText, timeZone }: { localText: string; timeZone: string }) {
  const ownZone = useTimeZone();
  const instant = localText === '' ? undefined : toInstant(localText, timeZone);
  if (!instant || ownZone === timeZone) return null;
  return (
    <>
      <Time value={instant} /> for you
    </>
  );
}
