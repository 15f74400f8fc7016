'use client';

import { useQuery } from '@tanstack/react-query';
import { personName } from '@/components/audit-log/audit-labels';
import { countOf } from '@/components/ui/number-format';
import { auditActorsQuery } from '@/lib/client/audit-log';
import { useDebounced } from '@/lib/client/use-debounced';
import { auditActorsQuerySchema } from '@/lib/shared/audit-log';

export type People = Record<string, { name: string }>;

/** The people that the page knows: those who were active lately, and those of the events on it. */
export function useKnownPeople(people: People): People {
  const { data } = useQuery(auditActorsQuery());
  const active = (data?.actors ?? []).flatMap(({ id, name }) => (name === null ? [] : [[id, { name }]]));
  return { ...people, ...Object.fromEntries(active) };
}

/**
 * Who can be chosen for a text: people by name or ID, whoever has that email, or the text itself as an ID. A text that
 * is the chosen person already does not narrow the choice.
 */
export function useActorSearch(text: string, { people, chosen }: { people: People; chosen: string }) {
  const words = text === chosen ? '' : text.trim();
  const email = useDebounced(asEmail(words));
  const active = useQuery(auditActorsQuery());
  const owner = useQuery({ ...auditActorsQuery(email), enabled: email !== null });
  const isSearching = active.isPending || email !== asEmail(words) || owner.isLoading;
  const byEmail = email === null || email !== asEmail(words) ? [] : (owner.data?.actors ?? []);
  const all = optionsOf({ active: active.data?.actors ?? [], people });
  const found = all.filter(({ id, label }) => isIn(words, `${label} ${id}`));
  return {
    options: [
      ...found,
      ...byEmail.map(({ id, name, role }) => ({ id, label: name ?? id, detail: `${role}, has this email` })),
      ...(isId(words, found) ? [{ id: words, label: words, detail: 'User ID' }] : []),
    ],
    emptyText: isSearching ? 'Searching…' : (owner.error?.message ?? 'Nobody is known by this'),
  };
}

type Active = { id: string; name: string | null; role: string; events: number };

function optionsOf({ active, people }: { active: readonly Active[]; people: People }) {
  const ids = new Set(active.map(({ id }) => id));
  const others = Object.entries(people).filter(([id]) => !ids.has(id));
  return [
    ...active.map(({ id, name, role, events }) => ({
      id,
      label: name ?? personName(id, people),
      detail: `${role}, ${countOf(events, 'event')}`,
    })),
    ...others.map(([id, { name }]) => ({ id, label: name, detail: 'On this page' })),
  ];
}

const isIn = (words: string, text: string) => text.toLowerCase().includes(words.toLowerCase());

/** An email is nobody's ID, and who is offered already need not be offered twice. */
const isId = (words: string, found: readonly { id: string; label: string }[]) =>
  words !== '' &&
  !words.includes('@') &&
  !found.some(({ id, label }) => id === words || label.toLowerCase() === words.toLowerCase());

const asEmail = (words: string) => auditActorsQuerySchema.safeParse({ email: words }).data?.email ?? null;
