'use client';

import { useEffect, useState } from 'react';
import { STATUS_LABELS } from '@/components/assignments/assignment-labels';
import type { AssignmentFilterState } from '@/components/assignments/use-assignment-filter';
import { ComboBox } from '@/components/ui/combo-box';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { useSession } from '@/lib/client/session-context';
import { useCourseSearch } from '@/lib/client/use-course-search';
import { ASSIGNMENT_STATUSES } from '@/lib/shared/assignment';

/** Everything that narrows the list, in one row that wraps. */
export function AssignmentFilters({ filter, change }: Pick<AssignmentFilterState, 'filter' | 'change'>) {
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
      <OwnFilter filter={filter} change={change} />
      <DateFilter label="Due from" value={filter.dueFrom} onChange={(dueFrom) => change({ dueFrom })} />
      <DateFilter label="Due to" value={filter.dueTo} onChange={(dueTo) => change({ dueTo })} />
    </search>
  );
}

function OwnFilter({ filter, change }: Pick<AssignmentFilterState, 'filter' | 'change'>) {
  const { user } = useSession();
  return (
    <Field label="Created by" className="sm:w-32">
      <Select
        value={filter.instructorId ?? ''}
        onChange={({ target }) => change({ instructorId: target.value || null })}
      >
        <option value="">Anybody</option>
        <option value={user.id}>Me</option>
        {filter.instructorId && filter.instructorId !== user.id && (
          <option value={filter.instructorId}>{filter.instructorId}</option>
        )}
      </Select>
    </Field>
  );
}

type DateFilterProps = { label: string; value: string | null; onChange: (date: string | null) => void };

function DateFilter({ label, value, onChange }: DateFilterProps) {
  return (
    <Field label={label} className="sm:w-36">
      <TextInput
        type="date"
        min="1970-01-01"
        max="2199-12-31"
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value || null)}
      />
    </Field>
  );
}

type CourseFilterProps = { courseId: string | null; onChange: (courseId: string | null) => void };

function CourseFilter({ courseId, onChange }: CourseFilterProps) {
  const [text, setText] = useState(courseId ?? '');
  const { options, emptyText } = useCourseSearch(text, courseId);

  // The course also changes from outside: by a link, the switcher, or going back.
  useEffect(() => {
    if (courseId !== null) setText(courseId);
  }, [courseId]);

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
        onSelect={onChange}
      />
    </div>
  );
}
