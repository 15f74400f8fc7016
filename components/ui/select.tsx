'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { CONTROL_STYLE } from '@/components/ui/control-style';
import { useFieldControl } from '@/components/ui/field-control';

/** The browser's own list of choices: for a handful of them. Thousands go into a ComboBox. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select
        {...useFieldControl()}
        {...props}
        className={classNames(CONTROL_STYLE, 'h-8 appearance-none pr-8')}
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-4 text-muted" />
    </span>
  );
}
