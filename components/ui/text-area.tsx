'use client';

import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { CONTROL_STYLE } from '@/components/ui/control-style';
import { useFieldControl } from '@/components/ui/field-control';

/** Several lines of text; takes its name and its error from the field around it. */
export function TextArea({ className, rows = 6, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldControl()}
      {...props}
      rows={rows}
      className={classNames(CONTROL_STYLE, 'min-h-16 py-1.5', className)}
    />
  );
}
