'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Callout } from '@/components/ui/callout';

const TEXTS = { created: 'Assignment created.', saved: 'Changes saved.' };

/** Says what the page before has just done. */
export function DoneNotice() {
  const [done] = useQueryState('done', parseAsStringLiteral(['created', 'saved'] as const));
  if (!done) return null;
  return (
    <Callout tone="success" role="status">
      {TEXTS[done]}
    </Callout>
  );
}
