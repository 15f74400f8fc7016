import { classNames } from '@/components/ui/class-names';

/** The place of something still loading, in its size, so that nothing jumps when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block h-4 animate-pulse rounded bg-hover', className)} />;
}
