'use client';

import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';

/** While a year is typed the browser answers dates of the year 2 and 20: nobody means those. */
const EARLIEST = '1970-01-01';

type Props = {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  type?: 'text' | 'date';
};

/** A filter that takes what is typed as it is. */
export function TextFilter({ label, value, onChange, type = 'text' }: Props) {
  const { text, setText, setValue } = useTypedText(value ?? '');

  function enter(next: string) {
    setText(next);
    if (type === 'date' && next !== '' && next < EARLIEST) return;
    setValue(next.trim());
    onChange(next.trim() || null);
  }

  return (
    <Field label={label} className="sm:w-40">
      <TextInput
        type={type}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        {...(type === 'date' ? { min: EARLIEST, max: '2199-12-31' } : {})}
        onChange={({ target }) => enter(target.value)}
      />
    </Field>
  );
}
