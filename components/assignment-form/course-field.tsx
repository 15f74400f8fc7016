'use client';

import { fieldId } from '@/components/assignment-form/field-element';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { ComboBox } from '@/components/ui/combo-box';
import { useCourseSearch } from '@/lib/client/use-course-search';
import type { Course } from '@/lib/shared/course';
import { FIELD_LABELS } from '@/lib/shared/field-labels';

type Props = { form: AssignmentForm; course: Course | undefined; problem: string | undefined };

/** Offers the courses that the person may use. */
export function CourseField({ form, course, problem }: Props) {
  const courseId = form.watch('courseId');
  const { text, setText, setValue } = useTypedText(courseId);
  const { options, emptyText } = useCourseSearch(text, courseId);

  function choose(id: string | null) {
    setValue(id ?? '');
    form.setValue('courseId', id ?? '', { shouldDirty: true, shouldValidate: id !== null });
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
        onSelect={choose}
      />
    </div>
  );
}
