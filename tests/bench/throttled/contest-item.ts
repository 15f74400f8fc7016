import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { aNewAssignment } from '@/tests/support/new-assignment';

/** What every contestant writes: one write unit each. */
export type ContestItem = { assignmentId: string; courseId: string; title: string; description: string };

export const contestId = (mark: string, position: number) => `${mark}-${position}`;

export function contestItems(mark: string, rows: number): ContestItem[] {
  return Array.from({ length: rows }, (_, position) => ({
    assignmentId: contestId(mark, position),
    courseId: `BENCH-${2020 + (position % 20)}`,
    title: `Essay ${position + 1} on ocean tides (${mark})`,
    description: 'Read chapter 4 and hand in 3 pages on ocean tides. '.repeat(3),
  }));
}

/** The same item as the product stores it. */
export function productItem(item: ContestItem): AssignmentItem {
  const createdAt = new Date().toISOString();
  const author = { id: 'user_bench', role: 'admin', department: 'Registry' } as const;
  return {
    ...aNewAssignment(item),
    assignmentId: item.assignmentId,
    version: 1,
    createdBy: author,
    createdAt,
    updatedAt: createdAt,
    requestId: 'req_bench',
    writeToken: item.assignmentId,
    contentHash: item.assignmentId,
    instructorId: author.id,
    dueKey: createdAt,
    titleKey: item.title.toLowerCase(),
  };
}
