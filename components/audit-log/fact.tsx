import type { ReactNode } from 'react';

/** One line of the facts of an event. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** An ID or an exact instant, which may break anywhere. */
export const Code = ({ text }: { text: string }) => (
  <span className="break-all font-mono text-xs">{text}</span>
);
