import { countOf } from '@/components/ui/number-format';
import type { RequestStory } from '@/lib/shared/request';

/** What a request came to, in one sentence. */
export function requestSentence(story: RequestStory): string {
  if (isUnknown(story)) return 'Nothing is known of this request.';
  const { requestId, assignments, failedItems, batches, lines, events } = story;
  const made = assignments.filter((assignment) => assignment.requestId === requestId).length;
  const pending = assignments.filter(({ pendingEffects }) => pendingEffects.length > 0).length;
  const retries = lines.filter(({ event }) => event === 'retry').length;
  const batch = batches.find(({ isMadeHere }) => isMadeHere);
  const parts = [
    batch && `made the batch ${batch.fileName || batch.batchId}`,
    !batch && made > 0 && `created ${countOf(made, 'assignment')}`,
    failedItems.length > 0 && `left traces on ${countOf(failedItems.length, 'failed item')}`,
    pending > 0 && 'has effects that are still pending',
    retries > 0 && `needed ${countOf(retries, 'retry', 'retries')}`,
    retries === 0 && lines.length > 0 && `logged ${countOf(lines.length, 'line')}`,
    events.length > 0 && `left ${countOf(events.length, 'audit event')}`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? 'This request left only its minute.' : `This request ${parts.join(', ')}.`;
}

/** Whether no place knows anything of the request itself; its minute is there for every request. */
export function isUnknown({ looks }: RequestStory): boolean {
  return looks.every(({ place, found }) => place === 'metrics' || found === 0);
}
