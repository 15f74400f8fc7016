import type { ReactNode } from 'react';

type Props = { title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode };

/** Says that there is nothing, why, and what to do about it. Only for a list that was read and is empty. */
export function EmptyState({ title, children, action, icon }: Props) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-lg border border-line border-dashed px-6 py-14 text-center">
      {icon && <span className="mb-2 text-muted [&>svg]:size-6">{icon}</span>}
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
