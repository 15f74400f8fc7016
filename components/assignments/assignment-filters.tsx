'use client';

import { useState } from 'react';
import { STATUS_LABELS } from '@/components/assignment-form/assignment-labels';
import { useTypedText } from '@/components/assignment-form/use-typed-text';
import type { AssignmentFilterState } from '@/components/assignments/use-assignment-filter';
import { Button } from '@/components/ui/button';
import { ComboBox } from '@/components/ui/combo-box';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { useSession } from '@/lib/client/session-context';
import { useCourseSearch } from '@/lib/client/use-course-search';
import { ASSIGNMENT_STATUSES } from '@/lib/shared/assignment';

type Props = Pick<AssignmentFilterState, 'filter' | 'change'>;

/** Everything that narrows the list, in one row that wraps; on a phone the less used part waits behind a button. */
export function AssignmentFilters({ filter, change }: Props) {
  const [isExpanded, setIsExpanded] = useState(false);
  return (
    <search aria-label="Assignments" className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <CourseFilter courseId={filter.courseId} onChange={(courseId) => change({ courseId })} />
      <Field label="Title begins with" className="col-span-2 sm:w-52">
        <TextInput
          type="search"
          value={filter.title}
          maxLength={200}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Button
        size="small"
        aria-expanded={isExpanded}
        onClick={() => setIsExpanded(!isExpanded)}
        className="col-span-2 sm:hidden"
      >
        {isExpanded ? 'Fewer filters' : 'More filters'}
      </Button>
      <div className={isExpanded ? 'contents' : 'hidden sm:contents'}>
        <StatusFilter filter={filter} change={change} />
        <OwnFilter filter={filter} change={change} />
        <DateFilter label="Due from" value={filter.dueFrom} onChange={(dueFrom) => change({ dueFrom })} />
        <DateFilter label="Due to" value={filter.dueTo} onChange={(dueTo) => change({ dueTo })} />
      </div>
    </search>
  );
}

function StatusFilter({ filter, change }: Props) {
  return (
    <Field label="Status" className="sm:w-32">
      <Select
        value={filter.status ?? ''}
        onChange={({ target }) =>
          change({ status: ASSIGNMENT_STATUSES.find((status) => status === target.value) ?? null })
        }
      >
        <option value="">Any</option>
        {ASSIGNMENT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_LABELS[status]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Across courses an instructor lists only what they created themselves, so there is no choice to offer. */
function OwnFilter({ filter, change }: Props) {
  const { user } = useSession();
  const { courseId, instructorId } = filter;
  const isAlwaysOwn = user.role === 'instructor' && courseId === null;
  const isOther = instructorId !== null && instructorId !== user.id;
  return (
    <Field label="Created by" className="sm:w-32">
      <Select
        value={instructorId ?? (isAlwaysOwn ? user.id : '')}
        onChange={({ target }) => change({ instructorId: target.value || null })}
      >
        {!isAlwaysOwn && <option value="">Anybody</option>}
        <option value={user.id}>Me</option>
        {isOther && <option value={instructorId}>{instructorId}</option>}
      </Select>
    </Field>
  );
}

type DateFilterProps = { label: string; value: string | null; onChange: (date: string | null) => void };

const EARLIEST = '1970-01-01';

/** While a year is typed the browser answers dates of the year 2 and 20: nobody means those. */
function DateFilter({ label, value, onChange }: DateFilterProps) {
  const { text, setText, setValue } = useTypedText(value ?? '');

  function type(date: string) {
    setText(date);
    if (date !== '' && date < EARLIEST) return;
    setValue(date);
    onChange(date || null);
  }

  return (
    <Field label={label} className="sm:w-36">
      <TextInput
        type="date"
        min={EARLIEST}
        max="2199-12-31"
        value={text}
        onChange={({ target }) => type(target.value)}
      />
    </Field>
  );
}

type CourseFilterProps = { courseId: string | null; onChange: (courseId: string | null) => void };

function CourseFilter({ courseId, onChange }: CourseFilterProps) {
  const { text, setText, setValue } = useTypedText(courseId ?? '');
  const { options, emptyText } = useCourseSearch(text, courseId);

  function choose(id: string | null) {
    setValue(id ?? '');
    onChange(id);
  }

  return (
    <div className="col-span-2 sm:w-44">
      <ComboBox
        label="Course"
        placeholder="Choose a course"
        options={options}
        emptyText={emptyText}
        inputValue={text}
        onInputChange={setText}
        selectedId={courseId}
        onSelect={choose}
      />
    </div>
  );
}
