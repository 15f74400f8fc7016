import type * as z from 'zod';
import { AppError } from '@/lib/shared/app-error';

/** Turns the last sort key of a page into an opaque text for the URL. */
export function encodeCursor(key: Record<string, string>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor of `encodeCursor` back. The caller's schema names the parts; the partition a cursor continues in is
 * never part of it, so a forged cursor cannot reach another partition.
 * @throws {AppError} VALIDATION_ERROR for anything else
 */
export function decodeCursor<Key>(cursor: string, schema: z.ZodType<Key>): Key {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    const message = 'This cursor is not one of ours: start again from the first page';
    throw new AppError('VALIDATION_ERROR', message, {
      cause,
      fields: [{ field: 'cursor', message, value: cursor }],
    });
  }
}
