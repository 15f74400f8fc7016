import type { MappedField } from '@/lib/shared/batch-mapping';

/** Names under which columns of other systems hold our fields, as `comparableName` writes them; the best ones first. */
export const COLUMN_NAMES: Record<MappedField, string[]> = {
  courseId: [
    ...['courseid', 'course', 'coursecode', 'courseno', 'coursenumber', 'module', 'modulecode', 'moduleid'],
    ...['kursid', 'kurs', 'kurscode', 'modul', 'coursid', 'cours', 'codecours', 'codeducours', 'matiere'],
  ],
  title: [
    ...[
      'title',
      'assignmenttitle',
      'assignmentname',
      'assessmenttitle',
      'assessmentname',
      'name',
      'assignment',
    ],
    ...['assessment', 'titel', 'aufgabe', 'bezeichnung', 'titre', 'intitule', 'nom', 'devoir'],
  ],
  description: [
    ...[
      'description',
      'details',
      'instructions',
      'summary',
      'beschreibung',
      'anleitung',
      'consigne',
      'consignes',
    ],
  ],
  type: [
    ...[
      'type',
      'assignmenttype',
      'assessmenttype',
      'kind',
      'category',
      'typ',
      'art',
      'kategorie',
      'categorie',
    ],
  ],
  status: ['status', 'state', 'workflowstate', 'zustand', 'statut', 'etat'],
  points: [
    ...[
      'points',
      'pointspossible',
      'maxpoints',
      'maximumpoints',
      'maxscore',
      'maxgrade',
      'totalpoints',
      'marks',
    ],
    ...['maxmarks', 'punkte', 'maxpunkte', 'punktzahl', 'bareme', 'notemax', 'notemaximale'],
  ],
  weight: [
    ...[
      'weight',
      'weighting',
      'weightpercent',
      'percentage',
      'gewicht',
      'gewichtung',
      'poids',
      'ponderation',
    ],
    'coefficient',
  ],
  availableFrom: [
    ...[
      'availablefrom',
      'opensat',
      'opens',
      'openat',
      'opendate',
      'opendateandtime',
      'unlockat',
      'unlockdate',
    ],
    ...[
      'startsat',
      'startdate',
      'start',
      'verfugbarab',
      'beginn',
      'startdatum',
      'ouverture',
      'datedouverture',
    ],
    ...['datedebut', 'debut'],
  ],
  dueAt: [
    ...[
      'dueat',
      'due',
      'duedate',
      'duedateandtime',
      'deadline',
      'faellig',
      'faelligam',
      'fallig',
      'falligam',
    ],
    ...['abgabe', 'abgabedatum', 'abgabetermin', 'frist', 'echeance', 'datedecheance', 'datelimite'],
    ...['dateremise', 'datederemise', 'dateecheance'],
  ],
  availableUntil: [
    ...[
      'availableuntil',
      'closesat',
      'closes',
      'closeat',
      'closedate',
      'lockat',
      'lockdate',
      'until',
      'enddate',
    ],
    ...['cutoffdate', 'end', 'verfugbarbis', 'ende', 'enddatum', 'fermeture', 'datefin', 'datedefin'],
  ],
  maxAttempts: [
    ...[
      'maxattempts',
      'attempts',
      'allowedattempts',
      'attemptsallowed',
      'maxversuche',
      'versuche',
      'tentatives',
    ],
    ...['maxtentatives', 'nombredetentatives'],
  ],
  assignmentId: ['assignmentid', 'assignmentuuid', 'assignmentkey'],
};

/** A column name as it is compared: lower case without accents, spaces and signs. */
export function comparableName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]/g, '');
}
