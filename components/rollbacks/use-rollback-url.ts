'use client';

import { type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { CREATE_WAYS, ROLLBACK_KINDS, type RollbackInput } from '@/lib/shared/rollback';

/** What the page offers: the kinds of rollbacks, and the way to the repair of an inconsistency. */
export const CHOICES = [...ROLLBACK_KINDS, 'inconsistency'] as const;

export type Choice = (typeof CHOICES)[number];

const parsers = {
  kind: parseAsStringLiteral(CHOICES),
  assignmentId: parseAsString.withDefault(''),
  way: parseAsStringLiteral(CREATE_WAYS).withDefault('apply'),
  batchId: parseAsString.withDefault(''),
  actor: parseAsString.withDefault(''),
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
  /** Page of the assignments that a person changed. */
  cursor: parseAsString,
};

const NOTHING = {
  assignmentId: null,
  way: null,
  batchId: null,
  actor: null,
  from: null,
  to: null,
  cursor: null,
};

/** What is to be rolled back as it stands in the URL, and how to change it. */
export function useRollbackUrl() {
  const [url, setUrl] = useQueryStates(parsers);
  return {
    url,
    input: inputOf(url),
    choose: (kind: Choice) => setUrl({ ...NOTHING, kind }),
    /** Another subject has a plan of its own, to which one can go back. */
    show: (input: RollbackInput) => setUrl({ ...NOTHING, ...input }, { history: 'push' }),
    goToPage: (cursor: string | null) => setUrl({ cursor }, { history: 'push' }),
  };
}

export type RollbackUrl = ReturnType<typeof useRollbackUrl>;

type Url = inferParserType<typeof parsers>;

/** The input of a plan, as soon as the URL names it; the API judges whether it is valid. */
function inputOf({ kind, assignmentId, way, batchId, actor, from, to }: Url): RollbackInput | null {
  if (kind === 'create' && assignmentId) return { kind, assignmentId, way };
  if (kind === 'batch' && batchId) return { kind, batchId };
  if (kind === 'actor' && actor && from && to) return { kind, actor, from, to };
  return null;
}
