'use client';

import { createContext, useContext } from 'react';

/** What a field tells the control inside it: its id and which texts name, describe and refuse it. */
type FieldControl = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-errormessage': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
};

export const FieldControlContext = createContext<FieldControl | undefined>(undefined);

/** The attributes of the control in the nearest field; none outside a field. */
export function useFieldControl(): Partial<FieldControl> {
  return useContext(FieldControlContext) ?? {};
}
