import { changeAlert } from '@/lib/server/alerts/change-alert';
import type { Alert } from '@/lib/shared/alert';
import { AppError } from '@/lib/shared/app-error';
import type { Actor } from '@/lib/shared/session';

/**
 * Says that somebody looks after a firing alert. Who comes second gets it as it is. It is forgotten when the alert fires
 * anew.
 * @throws {AppError} CONDITIONAL_FAILED where it does not fire; NOT_FOUND
 */
export function acknowledgeAlert(ruleId: string, actor: Actor, requestId: string): Promise<Alert> {
  return changeAlert({
    ...{ ruleId, action: 'ACKNOWLEDGE_ALERT', kind: 'acknowledged', actor, requestId },
    change: ({ state, acknowledged, sentence }, at) => {
      if (acknowledged) return undefined;
      if (state !== 'firing') {
        const message = 'This alert does not fire, so there is nothing to acknowledge';
        throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business' });
      }
      return {
        set: { acknowledged: { by: actor.name, at } },
        sentence,
        changes: { isAcknowledged: { before: false, after: true } },
      };
    },
  });
}
