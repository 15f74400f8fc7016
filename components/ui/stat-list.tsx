import type { ReactNode } from 'react';

export type Stat = { label: string; value: ReactNode; detail?: ReactNode };

/** A few numbers side by side, each with its name; they keep their places while they change. */
export function StatList({ stats }: { stats: readonly Stat[] }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line max-sm:[&>:last-child:nth-child(odd)]:col-span-2 sm:grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))]">
      {stats.map(({ label, value, detail }) => (
        <div key={label} className="flex min-w-0 flex-col bg-surface px-4 py-2.5">
          <dt className="text-muted text-xs">{label}</dt>
          <dd className="font-semibold text-lg tabular-nums">{value}</dd>
          {detail && <dd className="text-muted text-xs">{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
