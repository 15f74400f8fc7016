import Link from 'next/link';
import { HOME_PATH } from '@/lib/shared/site-path';

/** The name of the product, which leads home. */
export function Brand() {
  return (
    <Link href={HOME_PATH} className="flex items-center gap-2 rounded font-semibold tracking-tight">
      <Logo />
      Assignment Desk
    </Link>
  );
}

export function Logo() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6 shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent-solid" />
      <path
        d="M9 10h14M9 16h8M9 22h5m4.5-.5 2.5 2.5 5-5.5"
        className="fill-none stroke-[2.5] stroke-on-solid"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
