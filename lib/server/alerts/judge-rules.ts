import { judgeBatches } from '@/lib/server/alerts/rules/judge-batches';
import { judgeBreakers } from '@/lib/server/alerts/rules/judge-breakers';
import { judgeFailedItems } from '@/lib/server/alerts/rules/judge-failed-items';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { judgeAll } from '@/lib/server/objectives/judge-all';
import type { Judgement } from '@/lib/shared/objective';

/** What can be judged, each by itself: what cannot be read leaves its alerts as they are. */
const JUDGES: Record<string, (requestId: string) => Promise<Judgement[]>> = {
  metrics: judgeAll,
  breakers: judgeBreakers,
  batches: judgeBatches,
  failedItems: judgeFailedItems,
};

/** Every rule with what it says at this moment. Never throws. */
export async function judgeRules(requestId: string): Promise<Judgement[]> {
  const judged = await Promise.all(
    Object.entries(JUDGES).map(([name, judge]) =>
      judge(requestId).catch((thrown) => {
        const { code, message } = classifyError(thrown);
        log.warn('rules not judged', {
          requestId,
          operation: 'judgeRules',
          judge: name,
          code,
          reason: message,
        });
        return [];
      }),
    ),
  );
  return judged.flat();
}
