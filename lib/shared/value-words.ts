import type { AssignmentType } from '@/lib/shared/assignment';

/** Words for the types of an assignment, in lower case. Each type is also its own word. */
const TYPE_WORDS: Record<AssignmentType, string[]> = {
  homework: ['homework', 'assignment', 'coursework', 'essay', 'hausaufgabe', 'übung', 'devoir', 'exercice'],
  quiz: ['quiz', 'test', 'questionnaire', 'interrogation'],
  exam: ['exam', 'examination', 'final', 'midterm', 'klausur', 'prüfung', 'examen'],
  project: ['project', 'projekt', 'projet'],
  discussion: ['discussion', 'forum', 'diskussion'],
  lab: ['lab', 'laboratory', 'practical', 'labor', 'praktikum', 'laboratoire', 'tp'],
};

const STATUS_WORDS: Record<'draft' | 'published', string[]> = {
  draft: ['draft', 'unpublished', 'hidden', 'entwurf', 'brouillon'],
  published: ['published', 'visible', 'active', 'open', 'veröffentlicht', 'publié', 'publiée'],
};

const byWord = (words: Record<string, string[]>) =>
  new Map(Object.entries(words).flatMap(([value, list]) => list.map((word) => [word, value] as const)));

const types = byWord(TYPE_WORDS);
const statuses = byWord(STATUS_WORDS);

/** The type or status that a word means, in any case; undefined for a word we do not know. */
export function meantValue(field: 'type' | 'status', text: string): string | undefined {
  return (field === 'type' ? types : statuses).get(text.normalize('NFC').toLowerCase());
}
