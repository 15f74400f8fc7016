'use client';

import { useState } from 'react';
import { FIELD_LABELS } from '@/components/assignments/assignment-labels';
import { fieldId } from '@/components/assignments/form-field';
import type { AssignmentForm } from '@/components/assignments/use-assignment-form';
import { ComboBox } from '@/components/ui/combo-box';
import { useCourseSearch } from '@/lib/client/use-course-search';
import type { Course } from '@/lib/shared/course';

type Props = { form: AssignmentForm; course: Course | undefined; problem: string | undefined };

/** Offers the courses that the person may use. */
export function CourseField({ form, course, problem }: Props) {
  const courseId = form.watch('courseId');
  const [text, setText] = useState(courseId);
  const [shownId, setShownId] = useState(courseId);
  const { options, emptyText } = useCourseSearch(text, courseId);

  // The form also fills in a course by itself: from a kept draft, or when it starts over.
  if (courseId !== shownId) {
    setShownId(courseId);
    if (courseId !== '') setText(courseId);
  }

  return (
    <div className="sm:col-span-6">
      <ComboBox
        id={fieldId('courseId')}
        label={FIELD_LABELS.courseId}
        isRequired
        hint={course?.title}
        error={form.formState.errors.courseId?.message ?? problem}
        placeholder="Type the beginning of a course ID"
        options={options}
        emptyText={emptyText}
        inputValue={text}
        onInputChange={setText}
        onInputBlur={() => form.trigger('courseId')}
        selectedId={courseId || null}
        onSelect={(id) =>
          form.setValue('courseId', id ?? '', { shouldDirty: true, shouldValidate: id !== null })
        }
      />
    </div>
  );
}
