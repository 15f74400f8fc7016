import type { MouseEvent, ReactNode } from 'react';

/** Keeps the focus where it is: leaving a field may add the line that says what is wrong with it. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** The buttons of a long form, always in sight. None of them moves away under the pointer between press and release. */
export function FormActions({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are what one interacts with.
    <div
      onMouseDown={keepFocus}
      className="sticky bottom-0 z-10 -mx-1 flex flex-wrap gap-2 border-line border-t bg-canvas px-1 py-3"
    >
      {children}
    </div>
  );
}
