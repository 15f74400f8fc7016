import * as z from 'zod';
import { assignmentFormSchema } from '@/lib/shared/assignment-form';

/** The typed values of an unsent form and the key under which it may have been sent already. */
const draftSchema = z.object({ values: assignmentFormSchema, idempotencyKey: z.string() });

export type AssignmentDraft = z.infer<typeof draftSchema>;

const storageKey = (name: string) => `assignment-draft:${name}`;

/**
 * Reads what was typed into a form of this name before a reload in the same tab. Key and values stay together, so that
 * a form whose answer was lost cannot be written twice by reloading.
 */
export function readDraft(name: string): AssignmentDraft | undefined {
  try {
    return draftSchema.parse(JSON.parse(sessionStorage.getItem(storageKey(name)) ?? ''));
  } catch {
    return undefined;
  }
}

/** Keeps a draft for this tab; without storage (private mode, full) the form works all the same. */
export function keepDraft(name: string, draft: AssignmentDraft): void {
  try {
    sessionStorage.setItem(storageKey(name), JSON.stringify(draft));
  } catch {
    // The draft is a safety net: losing it must not stop the person from typing.
  }
}

/** Forgets a draft that was sent or thrown away. */
export function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(storageKey(name));
  } catch {
    // See keepDraft.
  }
}
