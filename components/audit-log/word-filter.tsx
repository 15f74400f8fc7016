'use client';

import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';

type Props = {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
};

/** A filter that is typed or pasted; it counts once the person leaves it or presses Enter: half an ID finds nothing. */
export function WordFilter({ label, value, onChange, placeholder }: Props) {
  const { text, setText, setValue } = useTypedText(value ?? '');

  function apply() {
    const next = text.trim();
    if (next === (value ?? '')) return;
    setValue(next);
    onChange(next || null);
  }

  return (
    <Field label={label} className="sm:w-44">
      <TextInput
        value={text}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        onChange={({ target }) => setText(target.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
    </Field>
  );
}
