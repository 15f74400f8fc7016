'use client';

import type { ComponentProps } from 'react';
import { TextInput } from '@/components/ui/text-input';

/**
 * A number as text: `type="number"` would drop what it cannot read, and a turn of the wheel would change it.
 * Source: GOV.UK Design System, "Text input", asking for decimal numbers.
 */
export function NumberInput(props: ComponentProps<'input'>) {
  return <TextInput inputMode="decimal" autoComplete="off" {...props} type="text" />;
}
