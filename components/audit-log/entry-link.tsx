import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

type Props = {
  href: string;
  children: ReactNode;
  /** Cut off where it has no room: the link itself, or what is cut off would lie over its neighbours. */
  isTruncated?: boolean;
};

/** A link in the trail, large enough to hit. */
export function EntryLink({ href, children, isTruncated = false }: Props) {
  return (
    <Link
      href={href}
      className={classNames(
        'min-h-6 rounded text-accent leading-6 underline underline-offset-2',
        isTruncated ? 'block min-w-0 truncate' : 'inline-block',
      )}
    >
      {children}
    </Link>
  );
}
