'use client';

import { useId } from 'react';
import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';

type Props = {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  error?: string | undefined;
  /** Texts to choose from; any other one counts as well. */
  suggestions?: readonly string[];
};

/** A filter that is typed or pasted; it counts once the person leaves it or presses Enter: half an ID finds nothing. */
export function WordFilter({ label, value, onChange, placeholder, error, suggestions }: Props) {
  const listId = useId();
  const { text, setText, setValue } = useTypedText(value ?? '');

  function apply() {
    const next = text.trim();
    if (next === (value ?? '')) return;
    setValue(next);
    onChange(next || null);
  }

  return (
    <Field label={label} error={error} className="sm:w-44">
      <TextInput
        value={text}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        list={suggestions && listId}
        onChange={({ target }) => setText(target.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </Field>
  );
}
