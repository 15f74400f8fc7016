import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { TONE_STYLE, type Tone } from '@/components/ui/tone';

/** A short state in one or two words. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center rounded px-1.5 font-medium text-xs whitespace-nowrap',
        TONE_STYLE[tone],
      )}
    >
      {children}
    </span>
  );
}
