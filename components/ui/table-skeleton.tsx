import { Skeleton } from '@/components/ui/skeleton';

const WIDTHS = ['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3'];

/** A table of the coming size while its rows load. `label` says what is loading. */
export function TableSkeleton({
  rows = 10,
  columns,
  label,
}: {
  rows?: number;
  columns: number;
  label: string;
}) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <p role="status" className="sr-only">
        {label}
      </p>
      <div aria-hidden>
        <div className="h-9 border-line border-b bg-sunken" />
        {numbers(rows).map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-line border-b px-3 last:border-b-0">
            {numbers(columns).map((column) => (
              <div key={column} className="flex-1">
                <Skeleton className={WIDTHS[(row + column) % WIDTHS.length] ?? 'w-1/2'} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
