'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { ConstantInput } from '@/components/uploads/constant-input';
import { DEFAULT_TEXTS, NOTATION_LABELS } from '@/components/uploads/field-labels';
import { JoinedColumns } from '@/components/uploads/joined-columns';
import { choiceOf, choiceOfColumn, chooseSource } from '@/components/uploads/source-choice';
import { ValueMeanings } from '@/components/uploads/value-meanings';
import type { Sample } from '@/lib/client/batch-sample';
import {
  DATE_NOTATIONS,
  type FieldSource,
  type MappedField,
  REQUIRED_FIELDS,
} from '@/lib/shared/batch-mapping';
import { DATED_FIELDS } from '@/lib/shared/column-shapes';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';

type Props = {
  id: string;
  field: MappedField;
  source: FieldSource | undefined;
  sample: Sample;
  error: string | undefined;
  onChange: (source: FieldSource | undefined) => void;
};

const required: readonly MappedField[] = REQUIRED_FIELDS;

/** Where one field comes from, and what that choice needs to be told. */
export function MappingField({ id, field, source, sample, error, onChange }: Props) {
  const label = MAPPED_FIELD_LABELS[field];
  const isRequired = required.includes(field);
  return (
    <li className="grid items-start gap-x-4 gap-y-2 px-3 py-2 sm:grid-cols-[16rem_minmax(0,1fr)]">
      <Field
        id={id}
        label={
          <>
            {label}
            {isRequired && <span className="font-normal text-muted"> (required)</span>}
          </>
        }
        isRequired={isRequired}
        error={error}
      >
        <Select
          value={choiceOf(source)}
          onChange={({ target }) => onChange(chooseSource(source, target.value, sample.columns))}
        >
          <option value="none">{isRequired ? 'Choose…' : 'Not in the file'}</option>
          <optgroup label="A column">
            {sample.columns.map((column) => (
              <option key={column} value={choiceOfColumn(column)}>
                {column}
              </option>
            ))}
          </optgroup>
          <optgroup label="Something else">
            <option value="joined" disabled={sample.columns.length < 2}>
              Several columns, joined
            </option>
            <option value="constant">The same for every row</option>
          </optgroup>
        </Select>
      </Field>
      {source ? (
        <Details field={field} source={source} sample={sample} onChange={onChange} />
      ) : (
        <p className="text-muted text-sm sm:pt-8">{DEFAULT_TEXTS[field]}</p>
      )}
    </li>
  );
}

type DetailsProps = Pick<Props, 'field' | 'sample' | 'onChange'> & { source: FieldSource };

function Details({ field, source, sample, onChange }: DetailsProps) {
  const hasColumns = source.columns.length > 0;
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-2">
      {source.columns.length > 1 && (
        <JoinedColumns
          field={field}
          source={source}
          columns={sample.columns}
          onChange={(joined) => onChange({ ...source, ...joined })}
        />
      )}
      {source.constant !== undefined && (
        <ConstantInput
          field={field}
          label={hasColumns ? 'Where it is empty' : 'Value'}
          value={source.constant}
          onChange={(constant) => onChange({ ...source, constant })}
        />
      )}
      {hasColumns && DATED_FIELDS.has(field) && (
        <Field label="Written as" className="w-64">
          <Select
            aria-label={`${MAPPED_FIELD_LABELS[field]}: written as`}
            value={source.dates}
            onChange={({ target }) => {
              const dates = DATE_NOTATIONS.find((notation) => notation === target.value);
              if (dates) onChange({ ...source, dates });
            }}
          >
            {DATE_NOTATIONS.map((notation) => (
              <option key={notation} value={notation}>
                {NOTATION_LABELS[notation]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {hasColumns && (field === 'type' || field === 'status') && (
        <ValueMeanings
          field={field}
          source={source}
          sample={sample}
          onChange={(values) => onChange({ ...source, values })}
        />
      )}
    </div>
  );
}
