/** Joins the class lists that apply; a `false` or `undefined` one is left out. */
export function classNames(...classes: (string | false | undefined)[]): string {
  return classes.filter(Boolean).join(' ');
}
