'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { STATUS_LABELS, TYPE_LABELS } from '@/components/assignment-form/assignment-labels';
import { ComboBox } from '@/components/ui/combo-box';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { NumberInput } from '@/components/ui/number-input';
import { Select } from '@/components/ui/select';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useCourseSearch } from '@/lib/client/use-course-search';
import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import { FIELD_LABELS, type FieldName } from '@/lib/shared/field-labels';

type Props = {
  name: FieldName;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
  onRemove: () => void;
};

/** One field of a patch: its control, and the way to leave it out again. */
export function PatchControl({ name, onRemove, ...props }: Props) {
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        {name === 'courseId' ? <CourseControl {...props} /> : <PlainControl name={name} {...props} />}
      </div>
      <button
        type="button"
        onClick={onRemove}
        className="mt-6 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
        <VisuallyHidden>Do not set {FIELD_LABELS[name]}</VisuallyHidden>
      </button>
    </div>
  );
}

type ControlProps = Pick<Props, 'text' | 'error' | 'onChange'>;

function CourseControl({ text, error, onChange }: ControlProps) {
  const { options, emptyText } = useCourseSearch(text);
  return (
    <ComboBox
      label={FIELD_LABELS.courseId}
      error={error}
      placeholder="Type the beginning of a course ID"
      options={options}
      emptyText={emptyText}
      inputValue={text}
      onInputChange={onChange}
      selectedId={null}
      onSelect={(id) => id !== null && onChange(id)}
    />
  );
}

function PlainControl({ name, error, ...props }: ControlProps & { name: FieldName }) {
  const timeZone = useTimeZone();
  const isDate = name === 'availableFrom' || name === 'dueAt' || name === 'availableUntil';
  return (
    <Field
      label={FIELD_LABELS[name]}
      error={error}
      hint={isDate ? `In your time zone, ${timeZone}` : HINTS[name]}
    >
      {controlOf(name, props)}
    </Field>
  );
}

const HINTS: Partial<Record<FieldName, string>> = {
  maxAttempts: 'Empty means any number',
  weight: 'Percent of the grade, 0 to 100',
};

function controlOf(name: FieldName, { text, onChange }: Pick<Props, 'text' | 'onChange'>): ReactNode {
  const control = {
    value: text,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  switch (name) {
    case 'type':
      return (
        <Select {...control}>
          {ASSIGNMENT_TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_LABELS[type]}
            </option>
          ))}
        </Select>
      );
    case 'status':
      return (
        <Select {...control}>
          <option value="draft">{STATUS_LABELS.draft}</option>
          <option value="published">{STATUS_LABELS.published}</option>
        </Select>
      );
    case 'description':
      return <TextArea {...control} dir="auto" rows={4} />;
    case 'title':
      return <TextInput {...control} dir="auto" maxLength={400} />;
    case 'availableFrom':
    case 'dueAt':
    case 'availableUntil':
      return <DateTimeInput {...control} />;
    default:
      return <NumberInput {...control} />;
  }
}
