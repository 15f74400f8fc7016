'use client';

import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import { MappingField } from '@/components/uploads/mapping-field';
import type { MappingState } from '@/components/uploads/use-mapping';
import type { Sample } from '@/lib/client/batch-sample';
import { MAPPED_FIELDS, type MappedField } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';

type Props = { sample: Sample; state: MappingState; missing: readonly MappedField[] };

/** Id of the control that says where a field comes from. */
export const sourceId = (field: MappedField) => `source-${field}`;

/** One line per field of an assignment: from which columns, or as which constant, it comes. */
export function MappingEditor({ sample, state, missing }: Props) {
  const { mapping, change, changeEmptyValues } = state;
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line rounded-lg border border-line">
        {MAPPED_FIELDS.map((field) => (
          <MappingField
            key={field}
            id={sourceId(field)}
            field={field}
            source={mapping.fields[field]}
            sample={sample}
            error={missing.includes(field) ? `Choose where the ${labelOf(field)} comes from` : undefined}
            onChange={(source) => change(field, source)}
          />
        ))}
      </ul>
      <Field
        label="Texts that mean “no value”"
        hint="Separated by commas, such as ?, n/a"
        className="max-w-xs"
      >
        <TextInput
          defaultValue={mapping.emptyValues.join(', ')}
          onChange={({ target }) => changeEmptyValues(splitTexts(target.value))}
        />
      </Field>
    </div>
  );
}

const labelOf = (field: MappedField) => MAPPED_FIELD_LABELS[field].toLowerCase();

function splitTexts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, 20);
}
