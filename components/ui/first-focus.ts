/**
 * Gives a control the focus when the dialog around it opens: `ref={firstFocus}`. The attribute itself is meant, which React's
 * `autoFocus` does not set; the dialog would focus its close button instead.
 */
export function firstFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}
