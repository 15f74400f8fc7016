import { changeResponse } from '@/lib/server/alerts/responses/change-response';
import { listResponses } from '@/lib/server/alerts/responses/list-responses';
import { readResponses } from '@/lib/server/alerts/responses/response-item';
import type { AutomaticResponse, ResponseId } from '@/lib/shared/alert';
import { AppError } from '@/lib/shared/app-error';
import type { Actor } from '@/lib/shared/session';

/** An evaluator may change the same response meanwhile: then it is looked at again. */
const TRIES = 5;

type Switching = { responseId: ResponseId; isOn: boolean; actor: Actor; requestId: string };

/**
 * Switches a response on or off. One that is at work when it is switched off ends within seconds. Switching it to what it
 * is already changes nothing.
 * @throws {AppError} CONDITIONAL_FAILED where it kept changing; what DynamoDB answered
 */
export async function switchResponse(switching: Switching): Promise<AutomaticResponse> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await trySwitching(switching)) return oneResponse(switching);
  }
  throw new AppError('CONDITIONAL_FAILED', 'This response is changing at this moment: try again');
}

async function trySwitching({ responseId, isOn, actor, requestId }: Switching): Promise<boolean> {
  const before = (await readResponses(requestId)).find((item) => item.responseId === responseId);
  if (!before || before.isOn === isOn) return true;
  const set = { isOn, switchedBy: actor.name, switchedAt: new Date().toISOString() };
  const changes = { isOn: { before: !isOn, after: isOn } };
  const audited = { action: 'SWITCH_RESPONSE' as const, changes, author: actor };
  return (await changeResponse(before, set, { audited, requestId })) !== undefined;
}

async function oneResponse({ responseId, requestId }: Switching): Promise<AutomaticResponse> {
  const found = (await listResponses(requestId)).find((response) => response.responseId === responseId);
  if (!found) throw new AppError('NOT_FOUND', 'There is no such response');
  return found;
}
