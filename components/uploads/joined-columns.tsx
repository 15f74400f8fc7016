'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { FieldSource, MappedField } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';

const MAX_JOINED = 5;

type Joined = Pick<FieldSource, 'columns' | 'separator'>;

type Props = {
  field: MappedField;
  source: Joined;
  columns: readonly string[];
  onChange: (joined: Joined) => void;
};

/** The columns that make up one field, in order, and what stands between them. */
export function JoinedColumns({ field, source, columns, onChange }: Props) {
  const { columns: chosen, separator } = source;
  const name = MAPPED_FIELD_LABELS[field];
  const next = columns.find((column) => !chosen.includes(column));
  const replace = (index: number, column: string) =>
    onChange({ separator, columns: chosen.map((previous, at) => (at === index ? column : previous)) });
  const remove = (index: number) => onChange({ separator, columns: chosen.filter((_, at) => at !== index) });

  return (
    <>
      {chosen.map((column, index) => (
        <Field key={column} label={`Part ${index + 1}`} className="w-44">
          <span className="flex gap-1">
            <Select
              aria-label={`${name}: part ${index + 1}`}
              value={column}
              className="min-w-0 flex-1"
              onChange={({ target }) => replace(index, target.value)}
            >
              {columns
                .filter((option) => option === column || !chosen.includes(option))
                .map((option) => (
                  <option key={option}>{option}</option>
                ))}
            </Select>
            <Button variant="ghost" className="px-1.5" onClick={() => remove(index)}>
              <X aria-hidden className="size-4" />
              <VisuallyHidden>
                Remove {column} from {name}
              </VisuallyHidden>
            </Button>
          </span>
        </Field>
      ))}
      <Field label="Between them" className="w-28">
        <TextInput
          aria-label={`${name}: between the parts`}
          maxLength={10}
          value={separator}
          onChange={({ target }) => onChange({ columns: chosen, separator: target.value })}
        />
      </Field>
      {next !== undefined && chosen.length < MAX_JOINED && (
        <Button className="mt-6" onClick={() => onChange({ separator, columns: [...chosen, next] })}>
          <Plus aria-hidden className="size-4" />
          Add a column
          <VisuallyHidden> to {name}</VisuallyHidden>
        </Button>
      )}
    </>
  );
}
