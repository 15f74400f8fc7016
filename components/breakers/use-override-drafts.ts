import { useState } from 'react';

/** What somebody has typed about an override and not sent yet. */
export type OverrideDraft = { state: 'open' | 'closed'; reason: string; minutes: number };

const EMPTY: OverrideDraft = { state: 'open', reason: '', minutes: 60 };

/** Drafts by table: a dialog that was closed by mistake opens again as it was. */
export function useOverrideDrafts() {
  const [drafts, setDrafts] = useState<Record<string, OverrideDraft>>({});
  return {
    of: (table: string) => drafts[table] ?? EMPTY,
    keep: (table: string, draft: OverrideDraft) => setDrafts((known) => ({ ...known, [table]: draft })),
    forget: (table: string) => setDrafts(({ [table]: _, ...others }) => others),
  };
}
