'use client';

import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import { MAPPED_FIELD_LABELS } from '@/components/uploads/field-labels';
import { MappingField } from '@/components/uploads/mapping-field';
import type { MappingState } from '@/components/uploads/use-mapping';
import type { Sample } from '@/lib/client/batch-sample';
import { MAPPED_FIELDS, type MappedField } from '@/lib/shared/batch-mapping';

type Props = { sample: Sample; state: MappingState; missing: readonly MappedField[] };

/** Id of the control that says where a field comes from. */
export const sourceId = (field: MappedField) => `source-${field}`;

/** One line per field of an assignment: from which columns, or as which constant, it comes. */
export function MappingEditor({ sample, state, missing }: Props) {
  const { mapping, ignoredColumns, change, changeEmptyValues } = state;
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
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Field label="Texts that mean “no value”" hint="Separated by commas, such as ?, n/a">
          <TextInput
            defaultValue={mapping.emptyValues.join(', ')}
            onChange={({ target }) => changeEmptyValues(splitTexts(target.value))}
          />
        </Field>
        <IgnoredColumns columns={ignoredColumns} />
      </div>
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

function IgnoredColumns({ columns }: { columns: readonly string[] }) {
  return (
    <div className="min-w-0">
      <h4 className="font-medium text-sm">Columns not used</h4>
      {columns.length === 0 ? (
        <p className="text-muted text-sm">None: every column becomes something.</p>
      ) : (
        <ul className="mt-1 flex flex-wrap gap-1">
          {columns.map((column) => (
            <li
              key={column}
              className="max-w-full break-words rounded bg-sunken px-1.5 py-0.5 font-mono text-muted text-xs"
            >
              <bdi>{column}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
