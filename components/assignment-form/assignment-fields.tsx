'use client';

import { STATUS_LABELS, TYPE_LABELS } from '@/components/assignment-form/assignment-labels';
import { CourseField } from '@/components/assignment-form/course-field';
import { DateFields } from '@/components/assignment-form/date-fields';
import { DescriptionField } from '@/components/assignment-form/description-field';
import { FormField } from '@/components/assignment-form/form-field';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { NumberInput } from '@/components/ui/number-input';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { useHydrated } from '@/components/ui/use-hydrated';
import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import type { Course } from '@/lib/shared/course';

type Props = {
  form: AssignmentForm;
  /** The chosen course, once it is known. */
  course: Course | undefined;
  /** Why the chosen course cannot be read. */
  courseProblem?: string | undefined;
  /** An assignment never leaves its course. */
  isCourseFixed?: boolean;
};

/** All controls of an assignment, for creating and for editing. */
export function AssignmentFields({ form, course, courseProblem, isCourseFixed = false }: Props) {
  return (
    <fieldset disabled={!useHydrated()} className="grid grid-cols-1 gap-x-4 gap-y-4 sm:grid-cols-6">
      {!isCourseFixed && <CourseField form={form} course={course} problem={courseProblem} />}
      <FormField form={form} name="title" className="sm:col-span-6" isRequired>
        <TextInput {...form.register('title')} dir="auto" autoComplete="off" maxLength={400} />
      </FormField>
      <FormField form={form} name="type" className="sm:col-span-3">
        <Select {...form.register('type')}>
          {ASSIGNMENT_TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_LABELS[type]}
            </option>
          ))}
        </Select>
      </FormField>
      <FormField form={form} name="status" className="sm:col-span-3">
        <Select {...form.register('status')}>
          <option value="draft">{STATUS_LABELS.draft}</option>
          <option value="published">{STATUS_LABELS.published}</option>
        </Select>
      </FormField>
      <FormField form={form} name="points" className="sm:col-span-2">
        <NumberInput {...form.register('points')} />
      </FormField>
      <FormField form={form} name="weight" className="sm:col-span-2" hint="Percent of the grade, 0 to 100">
        <NumberInput {...form.register('weight')} />
      </FormField>
      <FormField form={form} name="maxAttempts" className="sm:col-span-2" hint="Empty means any number">
        <NumberInput {...form.register('maxAttempts')} inputMode="numeric" />
      </FormField>
      <DateFields form={form} timeZone={course?.timeZone} />
      <DescriptionField form={form} />
    </fieldset>
  );
}
