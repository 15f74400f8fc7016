import type { ReactNode } from 'react';

/** Lies over the lower edge of the page, so that nothing moves when something appears in it. */
export function ReportOverlay({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none sticky bottom-3 z-20 mt-auto flex flex-col gap-2 *:pointer-events-auto">
      {children}
    </div>
  );
}
