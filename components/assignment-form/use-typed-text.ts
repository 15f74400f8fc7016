'use client';

import { useState } from 'react';

/**
 * The text of a control of which not everything typed becomes the value: half a course ID, half a year. What changes the
 * value from elsewhere (a link, going back, starting over) replaces the text; what is typed here does not.
 */
export function useTypedText(value: string) {
  const [typed, setTyped] = useState({ text: value, value });
  if (typed.value !== value) setTyped({ text: value, value });
  return {
    text: typed.text,
    setText: (text: string) => setTyped((last) => ({ ...last, text })),
    /** Says that the value is about to become this one by typing. */
    setValue: (next: string) => setTyped((last) => ({ ...last, value: next })),
  };
}
