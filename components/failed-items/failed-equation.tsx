'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { ITEM_STATE_LABELS, ITEM_STATE_MEANINGS } from '@/components/failed-items/failed-item-labels';
import { formatCount } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { FAILED_ITEM_STATES, type FailedItemGroups, type FailedItemState } from '@/lib/shared/failed-item';

const SWATCHES: Record<FailedItemState, string> = {
  open: 'bg-danger',
  retrying: 'bg-accent',
  unknown: 'bg-warning',
  snoozed: 'bg-control',
  succeeded: 'bg-success',
  discarded: 'bg-hover',
};

type Props = { data: FailedItemGroups | undefined; shown: FailedItemState | 'unresolved' };

/** Where everything that ever failed is: "12 failed = 3 open + 0 retrying + …". Each number leads to its items. */
export function FailedEquation({ data, shown }: Props) {
  if (!data) return <Skeleton className="h-8 w-full max-w-3xl" />;
  return (
    <p className="leading-8 tabular-nums">
      <StateLink state="unresolved" isShown={shown === 'unresolved'} title="Show what still needs somebody">
        <span className="font-medium">{formatCount(data.total)} failed</span>
      </StateLink>
      {FAILED_ITEM_STATES.map((state, index) => (
        <span key={state}>
          <span className="text-muted">{index === 0 ? ' = ' : ' + '}</span>
          <StateLink state={state} isShown={shown === state} title={ITEM_STATE_MEANINGS[state]}>
            <span
              aria-hidden
              className={`mr-1 inline-block size-2.5 rounded-sm border border-line ${SWATCHES[state]}`}
            />
            {formatCount(data.totals[state])} {ITEM_STATE_LABELS[state]}
          </StateLink>
        </span>
      ))}
      {!data.isComplete && <span className="text-muted"> (still being counted)</span>}
    </p>
  );
}

type StateLinkProps = {
  state: FailedItemState | 'unresolved';
  isShown: boolean;
  title: string;
  children: React.ReactNode;
};

function StateLink({ state, isShown, title, children }: StateLinkProps) {
  const pathname = usePathname();
  const params = new URLSearchParams(useSearchParams());
  for (const name of ['group', 'cursor', 'state']) params.delete(name);
  if (state !== 'unresolved') params.set('state', state);
  return (
    <Link
      href={params.size > 0 ? `${pathname}?${params}` : pathname}
      title={title}
      aria-current={isShown ? 'true' : undefined}
      className="whitespace-nowrap rounded px-1 py-1 hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent"
    >
      {children}
    </Link>
  );
}
