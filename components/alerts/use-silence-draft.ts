import { useState } from 'react';

/** What was typed into the question of a silence; it stays when the question is closed. */
export function useSilenceDraft() {
  const [reason, setReason] = useState('');
  const [length, setLength] = useState('3600000');
  const [ownEnd, setOwnEnd] = useState('');
  return { reason, setReason, length, setLength, ownEnd, setOwnEnd };
}

export type SilenceDraft = ReturnType<typeof useSilenceDraft>;
