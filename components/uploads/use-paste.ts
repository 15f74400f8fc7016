'use client';

import { useEffect, useEffectEvent } from 'react';

const TYPING = 'input:not([type="file"]), textarea, select, [contenteditable]';

/** Hears what is pasted into the page, unless it goes into a field. */
export function usePaste(take: (data: DataTransfer) => void) {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.closest(TYPING) !== null;
    if (isTyping || !event.clipboardData) return;
    event.preventDefault();
    take(event.clipboardData);
  });

  useEffect(() => {
    const listen = (event: ClipboardEvent) => paste(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);
}

/** A pasted file, or pasted cells as one: spreadsheets copy them as text with tabs. A single line is neither. */
export function fileFromClipboard(data: DataTransfer): File | undefined {
  const [file] = data.files;
  if (file) return file;
  const text = data.getData('text/plain');
  if (!text.trim().includes('\n')) return undefined;
  const name = text.includes('\t') ? 'pasted.tsv' : 'pasted.txt';
  return new File([text], name, { type: 'text/plain' });
}
