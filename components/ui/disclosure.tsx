'use client';

import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

type Props = {
  summary: string;
  children: ReactNode;
  /** Open from the beginning; afterwards the person decides. */
  isOpen?: boolean;
  onToggle?: (isOpen: boolean) => void;
  isQuiet?: boolean;
};

/** Something that is there for those who ask: the browser's own, with an arrow that says so. */
export function Disclosure({ summary, children, isOpen = false, onToggle, isQuiet = false }: Props) {
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
      className="group min-w-0"
    >
      <summary
        className={classNames(
          'inline-flex min-h-6 list-none items-center gap-1 rounded hover:text-ink [&::-webkit-details-marker]:hidden',
          isQuiet ? 'text-muted text-sm' : 'font-medium',
        )}
      >
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
