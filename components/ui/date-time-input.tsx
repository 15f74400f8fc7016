'use client';

import type { ComponentProps } from 'react';
import { TextInput } from '@/components/ui/text-input';

/** A date with a time of day, in the browser's own picker. Its value has no time zone: the form says which one. */
export function DateTimeInput(props: ComponentProps<'input'>) {
  return <TextInput min="1970-01-01T00:00" max="2199-12-31T23:59" {...props} type="datetime-local" />;
}
