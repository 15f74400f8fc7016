'use client';

import { FormField } from '@/components/assignment-form/form-field';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Time } from '@/components/ui/time';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { DATE_FIELDS } from '@/lib/shared/assignment-form';
import { toInstant } from '@/lib/shared/course-time';

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
      {DATE_FIELDS.map((name) => (
        <FormField
          key={name}
          form={form}
          name={name}
          hint={timeZone && <Meaning localText={form.watch(name)} timeZone={timeZone} />}
        >
          <DateTimeInput {...form.register(name, { deps: [...DATE_FIELDS] })} readOnly={!timeZone} />
        </FormField>
      ))}
    </fieldset>
  );
}

/** What the typed time is where the person is, and which one is meant where it comes twice. */
function Meaning({ localText, timeZone }: { localText: string; timeZone: string }) {
  const ownZone = useTimeZone();
  const time = localText === '' ? undefined : toInstant(localText, timeZone);
  if (!time || 'problem' in time) return null;
  return (
    <>
      {ownZone !== timeZone && (
        <span className="block">
          <Time value={time.instant} /> for you
        </span>
      )}
      {time.isRepeated && 'The clocks go back over this time; the first of the two is meant.'}
    </>
  );
}
