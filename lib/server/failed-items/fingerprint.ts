import { createHash } from 'node:crypto';
import type { FailedItem } from '@/lib/shared/failed-item';

export type Cause = Pick<FailedItem, 'kind' | 'code' | 'reason' | 'resource' | 'field' | 'message'>;

/**
 * Names the cause of a failure: the same for two items that failed for the same reason, whatever their own values.
 * @param values what is particular to the item: cells, ids, titles; they are taken out of the message
 */
export function fingerprintOf(
  { kind, code, reason, resource, field, message }: Cause,
  values: readonly string[],
): string {
  const parts = [kind, code, reason, resource, field, normalised(message, values)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function normalised(message: string, values: readonly string[]): string {
  const longestFirst = [...values].filter(Boolean).sort((a, b) => b.length - a.length);
  const withoutValues = longestFirst.reduce((text, value) => text.replaceAll(value, '§'), message);
  return withoutValues.replace(/\d+/g, '#');
}
