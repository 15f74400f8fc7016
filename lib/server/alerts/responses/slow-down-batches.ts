import { beginResponse, endResponse } from '@/lib/server/alerts/responses/begin-response';
import type { ResponseItem } from '@/lib/server/alerts/responses/response-item';
import type { Situation } from '@/lib/server/alerts/responses/run-responses';
import { endSlowDown, SLOW_FACTOR, slowDown } from '@/lib/server/alerts/responses/slow-down';

const PERCENT = Math.round(SLOW_FACTOR * 100);

/** Batches keep a share of their rate while the cause lasts. */
export async function slowDownBatches(
  response: ResponseItem,
  { cause, requestId }: Situation,
): Promise<void> {
  const isWanted = response.isOn && cause !== undefined;
  if (response.isActive && !isWanted) {
    const why = response.isOn ? 'Writes have recovered' : 'It was switched off';
    if (await endResponse(response, `${why}: batches have their whole rate again`, requestId)) {
      await endSlowDown(requestId);
    }
    return;
  }
  if (!isWanted) return;
  const active = response.isActive
    ? response
    : await beginResponse(response, { sentence: `Batches keep ${PERCENT} % of their rate` }, requestId);
  if (active) await slowDown(requestId);
}
