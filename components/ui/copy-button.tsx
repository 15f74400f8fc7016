'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/** Copies a text and says that it did. `label` names what is copied. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      // Without HTTPS or permission there is no clipboard; the text stays selectable beside the button.
      setIsCopied(false);
    }
  }

  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      title={label}
      className="inline-flex size-7 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden className="size-3.5" />
      <VisuallyHidden>{label}</VisuallyHidden>
      <span role="status" className="sr-only">
        {isCopied && 'Copied'}
      </span>
    </button>
  );
}
