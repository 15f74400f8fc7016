'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { Callout } from '@/components/ui/callout';

const TEXTS = { created: 'Assignment created.', saved: 'Changes saved.' };

/** Says what the page before has just done; once, so that neither a reload nor going back says it again. */
export function DoneNotice() {
  const [param, setParam] = useQueryState('done', parseAsStringLiteral(['created', 'saved'] as const));
  const [done] = useState(param);
  useEffect(() => {
    if (param) void setParam(null);
  }, [param, setParam]);
  if (!done) return null;
  return (
    <Callout tone="success" role="status">
      {TEXTS[done]}
    </Callout>
  );
}
