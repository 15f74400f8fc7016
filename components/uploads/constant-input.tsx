'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { VALUE_CHOICES } from '@/components/uploads/value-choices';
import type { MappedField } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';

type Props = { field: MappedField; label: string; value: string; onChange: (value: string) => void };

/** One value for many rows: chosen where only some are allowed, typed elsewhere. */
export function ConstantInput({ field, label, value, onChange }: Props) {
  const choices = VALUE_CHOICES[field];
  const name = `${MAPPED_FIELD_LABELS[field]}: ${label.toLowerCase()}`;
  return (
    <Field label={label} className="w-56">
      {choices ? (
        <Select aria-label={name} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">Choose…</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      ) : (
        <TextInput
          aria-label={name}
          maxLength={1000}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
