import { AppError } from '@/lib/shared/app-error';
import { mayEnterCourse } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

/**
 * Lets instructors into the courses they teach and other roles into all.
 * @throws {AppError} FORBIDDEN
 */
export function requireCourseAccess(actor: Pick<Actor, 'role' | 'courseIds'>, courseId: string): void {
  if (mayEnterCourse(actor, courseId)) return;
  const message = `You do not teach ${courseId}, so you cannot work in it`;
  throw new AppError('FORBIDDEN', message, { fields: [{ field: 'courseId', message, value: courseId }] });
}
