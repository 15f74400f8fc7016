const CONTROLS = 'input, select, textarea, button';

/**
 * Gives a control, or the first one inside a form, the focus when the dialog around it opens: `ref={firstFocus}`. The
 * attribute itself is meant, which React's `autoFocus` does not set; the dialog would focus its close button instead.
 */
export function firstFocus(element: HTMLElement | null): void {
  const control = element?.matches(CONTROLS) ? element : element?.querySelector(CONTROLS);
  control?.setAttribute('autofocus', '');
}
