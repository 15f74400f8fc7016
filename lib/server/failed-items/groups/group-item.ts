import * as z from 'zod';
import { type FailedItemGroup, failedItemGroupSchema } from '@/lib/shared/failed-item';

/** The partition of the counted groups, by fingerprint. */
export const GROUPS_ORIGIN = 'groups';

/** The partition of the groups that are to be counted again; a group leaves it once it is counted. */
export const MARKS_ORIGIN = 'group-marks';

/** What all failed items of a group share, as one of them says it. */
const factsSchema = failedItemGroupSchema.pick({
  fingerprint: true,
  kind: true,
  code: true,
  class: true,
  reason: true,
  resource: true,
  field: true,
  message: true,
  firstAt: true,
  lastAt: true,
});

export type GroupFacts = z.infer<typeof factsSchema>;

/** The facts within an item or a group that holds more. */
export function factsOf(facts: GroupFacts): GroupFacts {
  return factsSchema.parse(facts);
}

const markSchema = z.object({
  /** When somebody last changed an item of the group (ISO instant), and a random part. */
  mark: z.string(),
  facts: factsSchema,
  /** Until then it is being counted, or left alone because counting takes long. */
  notBefore: z.string().optional(),
});

export type GroupMark = z.infer<typeof markSchema>;

/** Parses a stored mark. */
export function toGroupMark(item: Record<string, unknown>): GroupMark {
  return markSchema.parse(item);
}

/** Parses a stored group. */
export function toGroup(item: Record<string, unknown>): FailedItemGroup {
  return failedItemGroupSchema.parse(item);
}
