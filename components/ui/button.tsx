import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from '@/components/ui/button-style';

type Props = ComponentProps<'button'> & { variant?: ButtonVariant; size?: ButtonSize; isPending?: boolean };

/** A button. While pending it keeps the focus and says so, but neither clicks nor submits. */
export function Button({ variant = 'secondary', size = 'medium', isPending = false, ...props }: Props) {
  const { className, children, onClick, type = 'button', ...rest } = props;

  function click(event: MouseEvent<HTMLButtonElement>) {
    if (isPending) event.preventDefault();
    else onClick?.(event);
  }

  return (
    <button
      {...rest}
      type={type}
      onClick={click}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      className={buttonStyle(variant, size, className)}
    >
      {isPending && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
      {children}
    </button>
  );
}
