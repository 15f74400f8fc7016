import * as z from 'zod';
import { type Model, newModel } from '@/lib/server/retry-delay/learned';

/** Outcomes are stored by slots of time, so that old ones can count less without being written again. */
export const SLOT_MS = 600_000;

const HALF_LIFE_MS = 3_600_000;

/** The outcomes of one table and reason in one slot of time. */
export type Slot = { table: string; reason: string; slotMs: number; model: Model };

const itemSchema = z.object({ itemKey: z.string(), table: z.string(), reason: z.string() });
const count = z.number().default(0);

/** Parses a stored slot. */
export function toSlot(item: Record<string, unknown>): Slot {
  const { itemKey, table, reason } = itemSchema.parse(item);
  const slotMs = Date.parse(itemKey.split('#')[0] ?? '');
  const model = newModel().map((_, position) => ({
    succeeded: count.parse(item[`s${position}`]),
    refused: count.parse(item[`f${position}`]),
  }));
  return { table, reason, slotMs, model };
}

/** The model of several slots: an outcome counts half after an hour. */
export function mergeSlots(slots: Slot[], nowMs: number): Model {
  return slots
    .map(({ model, slotMs }) => scaled(model, 0.5 ** (Math.max(nowMs - slotMs, 0) / HALF_LIFE_MS)))
    .reduce(addModel, newModel());
}

/** Two models together. */
export const addModel = (first: Model, second: Model): Model =>
  first.map(({ succeeded, refused }, position) => ({
    succeeded: succeeded + (second[position]?.succeeded ?? 0),
    refused: refused + (second[position]?.refused ?? 0),
  }));

const scaled = (model: Model, share: number): Model =>
  model.map(({ succeeded, refused }) => ({ succeeded: succeeded * share, refused: refused * share }));
