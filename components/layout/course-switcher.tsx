'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ComboBox } from '@/components/ui/combo-box';
import { leaveFor } from '@/lib/client/leave-guard';
import { useCourseSearch } from '@/lib/client/use-course-search';

/** Finds one course among thousands and goes to its assignments. */
export function CourseSwitcher() {
  const router = useRouter();
  const [text, setText] = useState('');
  const { options, emptyText } = useCourseSearch(text);

  function goToCourse(courseId: string | null) {
    if (courseId === null) return;
    setText('');
    leaveFor(() => router.push(`/assignments?${new URLSearchParams({ courseId })}`));
  }

  return (
    <ComboBox
      label="Go to course"
      isLabelHidden
      placeholder="Go to course…"
      options={options}
      emptyText={emptyText}
      inputValue={text}
      onInputChange={setText}
      selectedId={null}
      onSelect={goToCourse}
    />
  );
}
