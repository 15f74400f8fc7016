import { changeAlert } from '@/lib/server/alerts/change-alert';
import { type Alert, LONGEST_SILENCE_MS, type NewSilence } from '@/lib/shared/alert';
import { AppError } from '@/lib/shared/app-error';
import type { Actor } from '@/lib/shared/session';

type Silencing = NewSilence & { ruleId: string; actor: Actor; requestId: string };

/**
 * Keeps an alert from telling anybody until a given time; a new silence takes the place of an earlier one. The same one
 * asked for again changes nothing.
 * @throws {AppError} VALIDATION_ERROR where its end is past, or more than seven days away; NOT_FOUND
 */
export function silenceAlert({ ruleId, reason, until, actor, requestId }: Silencing): Promise<Alert> {
  requireNearEnd(until);
  return changeAlert({
    ...{ ruleId, action: 'SILENCE_ALERT', kind: 'silenced', actor, requestId },
    change: ({ silence }, at) => {
      if (silence?.until === until && silence.reason === reason) return undefined;
      return {
        set: { silence: { by: actor.name, at, until, reason } },
        sentence: reason,
        changes: { silencedUntil: { before: silence?.until ?? null, after: until } },
        reason,
      };
    },
  });
}

function requireNearEnd(until: string): void {
  const leftMs = Date.parse(until) - Date.now();
  if (leftMs > 0 && leftMs <= LONGEST_SILENCE_MS) return;
  const message = leftMs > 0 ? 'A silence lasts seven days at most' : 'Choose an end that is still to come';
  const fields = [{ field: 'until', message, value: until }];
  throw new AppError('VALIDATION_ERROR', message, { fields });
}
