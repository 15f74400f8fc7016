import type { ReactNode } from 'react';

/**
 * The buttons of a long form, always in sight. Standing still, they are also where the click lands when leaving the last
 * field adds the line that says what is wrong with it.
 */
export function FormActions({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-1 flex flex-wrap gap-2 border-line border-t bg-canvas px-1 py-3">
      {children}
    </div>
  );
}
