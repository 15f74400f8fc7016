import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { recordEvent } from '@/lib/server/audit-log/record-event';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { MAPPINGS } from '@/lib/server/batches/mappings/list-mappings';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { newSavedMappingSchema, SavedMapping } from '@/lib/shared/batch-mapping';
import type { Author } from '@/lib/shared/session';

/** Keeps a mapping for the next file with the same header. Its id sorts by time, so that lists show the latest first. */
export async function saveMapping(
  { name, columns, mapping }: z.output<typeof newSavedMappingSchema>,
  author: Author,
  requestId: string,
): Promise<SavedMapping> {
  const now = Date.now();
  const mappingId = `mapping_${now}_${randomUUID()}`;
  const createdAt = new Date(now).toISOString();
  const saved: SavedMapping = { mappingId, name, columns, mapping, createdAt };
  const command = new PutCommand({
    TableName: env.BATCHES_TABLE,
    Item: { ...saved, batchId: MAPPINGS, part: mappingId },
  });
  const context = { operation: 'saveMapping', requestId, maxRetries: env.MAX_RETRIES };
  await withRetry(() => documentClient.send(command), context);
  const changes = { name: { after: name }, columns: { after: columns.length } };
  const event = { action: 'SAVE_MAPPING', name: `mapping ${name}`, changes } as const;
  await recordEvent(settingEvent({ ...event, author, requestId, time: createdAt }), requestId);
  return saved;
}
