import { ASSIGNMENT_TYPES, type AssignmentType } from '@/lib/shared/assignment';

/** The header of generated files. */
export const CSV_HEADER = 'courseId,title,type,status,points,weight,dueAt,description\n';

const NAMES: Record<AssignmentType, string> = {
  homework: 'Homework',
  quiz: 'Quiz',
  exam: 'Exam',
  project: 'Project',
  discussion: 'Discussion',
  lab: 'Lab',
};

const TOPICS = [
  'ocean tides',
  'plate tectonics',
  'supply and demand',
  'cell division',
  'linear regression',
  'the French Revolution',
  'sonnets and their forms',
  'thermodynamics',
  'memory and learning',
  'graph algorithms',
  'monsoon climates',
];

const FIRST_DAY_MS = Date.UTC(2030, 1, 4);
const DAY_MS = 86_400_000;
const TERM_DAYS = 120;

type Place = {
  /** From 0. */
  position: number;
  courseIds: readonly string[];
  /** Part of every title, so that no two files hold the same assignment. */
  mark: string;
  /** About how many characters of text each row has. */
  textLength?: number;
};

/** One plausible row of a generated file, and the title and course it names. No two rows of a file have the same title. */
export function csvRow({ position, courseIds, mark, textLength = 60 }: Place) {
  const type = ASSIGNMENT_TYPES[position % ASSIGNMENT_TYPES.length] ?? 'homework';
  const topic = TOPICS[position % TOPICS.length] ?? '';
  const courseId = courseIds[position % courseIds.length] ?? '';
  const title = `${NAMES[type]} ${position + 1} on ${topic} (${mark})`;
  const dueAt = new Date(FIRST_DAY_MS + (position % TERM_DAYS) * DAY_MS).toISOString().slice(0, 10);
  const sentence = `Read chapter ${(position % 14) + 1} and hand in ${(position % 5) + 1} pages on ${topic}. `;
  const text = sentence
    .repeat(Math.ceil(textLength / sentence.length))
    .slice(0, textLength)
    .trim();
  const cells = [courseId, title, type, 'published', 10 + (position % 10) * 10, position % 20, dueAt, text];
  return { courseId, title, line: `${cells.join(',')}\n` };
}
