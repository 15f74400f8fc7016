import { createHash } from 'node:crypto';
import { AppError } from '@/lib/shared/app-error';

/** Where a failed item lies. */
export type FailedItemKey = { origin: string; itemKey: string };

/** An item and its place, which follow from what failed: recording it again meets the first record. */
export type FailedItemName = FailedItemKey & { id: string };

/** The partition of the failed rows of a batch, in the order of its file. */
export const batchOrigin = (batchId: string) => `batch#${batchId}`;

/** The sort key of the failed item of a row. */
export const rowItemKey = (rowNumber: number) => `row#${String(rowNumber).padStart(9, '0')}`;

export function rowName(batchId: string, rowNumber: number): FailedItemName {
  return {
    id: `row.${batchId}.${rowNumber}`,
    origin: batchOrigin(batchId),
    itemKey: rowItemKey(rowNumber),
  };
}

/** A form that gave up, by the token of its write. */
export function createName(writeToken: string): FailedItemName {
  return { id: `create.${writeToken}`, origin: `create#${writeToken}`, itemKey: 'create' };
}

/** The effects of a create that stay pending, by its assignment. */
export function effectsName(assignmentId: string): FailedItemName {
  return { id: `effects.${assignmentId}`, origin: `effects#${assignmentId}`, itemKey: 'effects' };
}

/** An undo that is held up, by its batch. */
export function undoName(batchId: string): FailedItemName {
  return { id: `undo.${batchId}`, origin: `undo#${batchId}`, itemKey: 'undo' };
}

/**
 * The key of the item with this id.
 * @throws {AppError} NOT_FOUND where the id is none of ours
 */
export function keyOfId(id: string): FailedItemKey {
  const name = nameOfId(id);
  if (!name) throw failedItemNotFound(id);
  return { origin: name.origin, itemKey: name.itemKey };
}

function nameOfId(id: string): FailedItemName | undefined {
  const [, kind, rest = ''] = /^(row|create|effects|undo)\.(.+)$/.exec(id) ?? [];
  if (kind === 'create') return createName(rest);
  if (kind === 'effects') return effectsName(rest);
  if (kind === 'undo') return undoName(rest);
  const [, batchId, row] = /^([\w-]+)\.(\d{1,9})$/.exec(rest) ?? [];
  return kind === 'row' && batchId && row ? rowName(batchId, Number(row)) : undefined;
}

/** The error for an id that no failed item has. */
export function failedItemNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no failed item ${id}`);
}

/** Partitions over which the indexes spread the items of one state or cause. */
export const SHARDS = 8;

export function shardOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt8(0) % SHARDS;
}
