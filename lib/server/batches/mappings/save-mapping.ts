import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import { MAPPINGS } from '@/lib/server/batches/mappings/list-mappings';
import { env } from '@/lib/server/env';
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
  const put = { TableName: env.BATCHES_TABLE, Item: { ...saved, batchId: MAPPINGS, part: mappingId } };
  const changes = { name: { after: name }, columns: { after: columns.length } };
  const setting = { action: 'SAVE_MAPPING', name: `mapping ${name}`, changes } as const;
  const event = settingEvent({ ...setting, author, requestId, time: createdAt });
  await writeWithEvent({ writes: [{ Put: put }], event, operation: 'saveMapping', requestId });
  return saved;
}
