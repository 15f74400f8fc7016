import type { NewAssignment } from '@/lib/shared/assignment';

/** A valid form for a course; pass what the test is about. */
export function aNewAssignment(overrides: Partial<NewAssignment> = {}): NewAssignment {
  return {
    courseId: 'AAA-2013J',
    title: 'Essay on tides',
    description: '',
    type: 'homework',
    status: 'published',
    points: 100,
    weight: 10,
    availableFrom: null,
    dueAt: '2030-03-01T23:59:00.000Z',
    availableUntil: null,
    maxAttempts: null,
    ...overrides,
  };
}
