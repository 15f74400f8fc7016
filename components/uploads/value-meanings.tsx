'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { VALUE_CHOICES } from '@/components/uploads/value-choices';
import type { Sample } from '@/lib/client/batch-sample';
import type { FieldSource } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';
import { meantValue } from '@/lib/shared/value-words';

/** More different texts than this are no list of types. */
const MAX_TEXTS = 12;

type Props = {
  field: 'type' | 'status';
  source: FieldSource;
  sample: Sample;
  onChange: (values: Record<string, string>) => void;
};

/** What the texts of the file mean where they are not our own words, such as TMA for homework. */
export function ValueMeanings({ field, source, sample, onChange }: Props) {
  const values = source.values ?? {};
  const unknown = textsOf(source, sample).filter((text) => meantValue(field, text) === undefined);
  const texts = [...new Set([...Object.keys(values), ...unknown])].slice(0, MAX_TEXTS);

  function mean(text: string, value: string) {
    const { [text]: _previous, ...others } = values;
    onChange(value === '' ? others : { ...others, [text]: value });
  }

  return texts.map((text) => (
    <Field key={text} label={<bdi>{`“${text}” means`}</bdi>} className="w-36">
      <Select
        aria-label={`${MAPPED_FIELD_LABELS[field]}: “${text}” means`}
        value={values[text] ?? ''}
        onChange={({ target }) => mean(text, target.value)}
      >
        <option value="">Choose…</option>
        {VALUE_CHOICES[field]?.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Select>
    </Field>
  ));
}

/** The different texts that the sample has for a field. */
function textsOf({ columns, separator }: FieldSource, sample: Sample): string[] {
  const positions = columns.map((column) => sample.columns.indexOf(column));
  const texts = sample.rows.map((cells) =>
    positions
      .map((position) => (cells[position] ?? '').trim())
      .filter((part) => part !== '')
      .join(separator),
  );
  return [...new Set(texts)].filter((text) => text !== '' && text.length <= 40);
}
