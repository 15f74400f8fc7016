import * as z from 'zod';
import { RESPONSE_LANE, readLane } from '@/lib/server/alerts/alert-item';
import { RESPONSES, responseIdSchema, responseSchema } from '@/lib/shared/alert';

/** What the table holds of a response. Every write counts `version` up. */
const responseItemSchema = responseSchema.omit({ holds: true }).extend({
  version: z.int(),
  /** Names one run of it, from its beginning to its end. */
  run: z.string().nullable(),
  /** Of a pause: batches that are still to be paused. */
  targets: z.array(z.string()),
});

export type ResponseItem = z.infer<typeof responseItemSchema>;

const keySchema = z.object({ itemKey: responseIdSchema });

/**
 * Every response as it is stored, or as it is before anybody has touched it.
 * @throws {AppError} what DynamoDB answered
 */
export async function readResponses(requestId: string): Promise<ResponseItem[]> {
  const stored = (await readLane(RESPONSE_LANE, requestId)).flatMap((item) =>
    keySchema.safeParse(item).success ? [responseItemSchema.parse(item)] : [],
  );
  return RESPONSES.map(
    (responseId) =>
      stored.find((item) => item.responseId === responseId) ?? {
        ...{ responseId, isOn: false, switchedBy: null, switchedAt: null, isActive: false, since: null },
        ...{ sentence: null, batchId: null, version: 0, run: null, targets: [], waitingSince: null },
      },
  );
}
