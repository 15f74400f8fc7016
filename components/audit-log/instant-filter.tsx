'use client';

import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { toInstant, toLocalText } from '@/lib/shared/course-time';

type Props = {
  label: string;
  value: string | null;
  timeZone: string;
  onChange: (instant: string | null) => void;
};

/** An exact moment in the zone of the page. */
export function InstantFilter({ label, value, timeZone, onChange }: Props) {
  const { text, setText, setValue } = useTypedText(localText(value, timeZone));

  function enter(next: string) {
    setText(next);
    const time = next === '' ? null : toInstant(next, timeZone);
    if (time && 'problem' in time) return;
    setValue(localText(time?.instant ?? null, timeZone));
    onChange(time?.instant ?? null);
  }

  return (
    <Field label={label} className="col-span-2 sm:w-56">
      <DateTimeInput step={1} value={text} onChange={({ target }) => enter(target.value)} />
    </Field>
  );
}

/** A link may carry anything; what is no instant is left to be typed. */
function localText(instant: string | null, timeZone: string): string {
  const time = Date.parse(instant ?? '');
  return Number.isNaN(time) ? '' : toLocalText(new Date(time).toISOString(), timeZone);
}
