import { readHolds } from '@/lib/server/alerts/responses/hold-batch';
import { readResponses } from '@/lib/server/alerts/responses/response-item';
import { type AutomaticResponse, responseSchema } from '@/lib/shared/alert';

/**
 * Every response, and what it is doing.
 * @throws {AppError} what DynamoDB answered
 */
export async function listResponses(requestId: string): Promise<AutomaticResponse[]> {
  const [stored, holds] = await Promise.all([readResponses(requestId), readHolds(requestId)]);
  return stored.map((item) =>
    responseSchema.parse({
      ...item,
      holds: item.responseId === 'pause-batches' ? holds.map(({ batchId }) => batchId) : [],
    }),
  );
}
