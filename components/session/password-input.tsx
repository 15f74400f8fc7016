'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { TextInput } from '@/components/ui/text-input';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/** A password that its owner can look at before sending it. */
export function PasswordInput({ className, ...props }: ComponentProps<'input'>) {
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <TextInput {...props} type={isShown ? 'text' : 'password'} className={`pr-9 ${className ?? ''}`} />
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
        className="absolute inset-y-1 right-1 inline-flex w-7 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <Icon aria-hidden className="size-4" />
        <VisuallyHidden>Show password</VisuallyHidden>
      </button>
    </span>
  );
}
