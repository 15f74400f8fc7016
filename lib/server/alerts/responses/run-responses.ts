import type { AlertItem } from '@/lib/server/alerts/alert-item';
import { pauseBatches } from '@/lib/server/alerts/responses/pause-batches';
import { type ResponseItem, readResponses } from '@/lib/server/alerts/responses/response-item';
import { retryFailedItems } from '@/lib/server/alerts/responses/retry-failed-items';
import { slowDownBatches } from '@/lib/server/alerts/responses/slow-down-batches';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import type { ResponseId } from '@/lib/shared/alert';

/** What a response reacts to at this moment: the alert that asks for it, while one does. */
export type Situation = { cause: AlertItem | undefined; requestId: string };

type Deed = {
  /** Rules whose firing asks for it. */
  causes: readonly string[];
  /** One round. Any process may do it, and do it again. */
  run: (response: ResponseItem, situation: Situation) => Promise<void>;
};

const DEEDS: Record<ResponseId, Deed> = {
  'slow-down-batches': { causes: ['throttled-now'], run: slowDownBatches },
  'pause-batches': { causes: ['throttled-now', 'breaker-open'], run: pauseBatches },
  'retry-failed-items': { causes: ['throttled-now', 'breaker-open'], run: retryFailedItems },
};

/**
 * Lets every response begin, go on or end, as the alerts are at this moment. One that fails leaves the others alone, and
 * comes again in the next round.
 * @throws {AppError} where the responses could not be read
 */
export async function runResponses(alerts: readonly AlertItem[], requestId: string): Promise<void> {
  const responses = await readResponses(requestId);
  await Promise.all(responses.map((response) => runOne(response, alerts, requestId)));
}

async function runOne(
  response: ResponseItem,
  alerts: readonly AlertItem[],
  requestId: string,
): Promise<void> {
  const { causes, run } = DEEDS[response.responseId];
  const cause = alerts.find(({ ruleId, state }) => state === 'firing' && causes.includes(ruleId));
  try {
    await run(response, { cause, requestId });
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    const facts = { requestId, operation: 'runResponses', response: response.responseId, code };
    log.warn('response held up, trying again', { ...facts, reason: message });
  }
}
