import type { FieldName } from '@/lib/shared/field-labels';

/** The id of a field's control, for the links of the error summary. */
export const fieldId = (name: FieldName) => `assignment-${name}`;

/** Moves the focus to the topmost of these fields. */
export function focusTopmost(names: FieldName[]) {
  if (names.length === 0) return;
  const control = document.querySelector(names.map((name) => `#${fieldId(name)}`).join(','));
  if (control instanceof HTMLElement) control.focus();
}

/** Whether the control holds something that the browser cannot read, such as a date without its time. */
export function isHalfTyped(name: FieldName): boolean {
  const control = document.getElementById(fieldId(name));
  return control instanceof HTMLInputElement && control.validity.badInput;
}
