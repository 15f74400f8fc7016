'use client';

import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { CONTROL_STYLE } from '@/components/ui/control-style';
import { useFieldControl } from '@/components/ui/field-control';

/** One line of text; takes its name and its error from the field around it. */
export function TextInput({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldControl()}
      {...props}
      type={type}
      className={classNames(CONTROL_STYLE, 'h-8', className)}
    />
  );
}
