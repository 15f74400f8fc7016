/** The look that every text-like control shares. Touch screens get 16 px, or iOS zooms into the page. */
export const CONTROL_STYLE =
  'w-full min-w-0 rounded-md border border-control/70 bg-surface px-2.5 text-ink text-base pointer-coarse:text-lg hover:border-control aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted focus-visible:outline-offset-0';
