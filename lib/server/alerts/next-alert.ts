import type { AlertItem } from '@/lib/server/alerts/alert-item';
import type { AlertState } from '@/lib/shared/alert';
import type { Judgement } from '@/lib/shared/objective';

/** An alert that fires and can no longer be judged is over after so long: nobody keeps an alarm for traffic that has ended. */
export const UNKNOWN_RESOLVES_MS = 30 * 60_000;

/** What one round makes of an alert. `transition` is the state that began, `told` what receivers must hear. */
export type Step = {
  after: AlertItem;
  transition: AlertState | null;
  tell: 'firing' | 'resolved' | null;
};

/**
 * The life of an alert: bad for `pendingMs` makes it fire (at once where that is 0), good for `resolveMs` ends that. One
 * round makes at most one transition. While it is silenced nobody is told; afterwards receivers hear what they have missed, if it is still so.
 * @param now the instant of the judgement, ISO
 */
export function nextAlert(before: AlertItem | undefined, judgement: Judgement, now: string): Step {
  const known = { ...(before ?? newAlert(judgement, now)), ...factsOf(judgement) };
  const silence = known.silence && known.silence.until > now ? known.silence : null;
  const moved = move({ ...known, silence }, judgement, now);
  const transition = moved.state === known.state ? null : moved.state;
  const begun = transition ? { ...moved, since: now } : moved;
  const tell = whatToTell(begun);
  return { after: { ...begun, told: toldAfter(begun, tell) }, transition, tell };
}

function newAlert(judgement: Judgement, now: string): AlertItem {
  return {
    ...factsOf(judgement),
    ...{ state: 'ok', since: now, firedAt: null, acknowledged: null, silence: null },
    ...{ version: 0, episode: 0, told: null, badSince: null, quietSince: null },
  };
}

function factsOf({ ruleId, title, severity, isKnown, sentence, evidence }: Judgement) {
  return { ruleId, title, severity, isKnown, sentence, evidence };
}

function move(alert: AlertItem, judgement: Judgement, now: string): AlertItem {
  const isBad = judgement.isKnown && judgement.isBad;
  switch (alert.state) {
    case 'pending':
      return isBad ? afterPending(alert, judgement, now) : { ...alert, state: 'ok', badSince: null };
    case 'firing':
      return isBad ? { ...alert, quietSince: null } : afterFiring(alert, judgement, now);
    default:
      return isBad ? afterPending({ ...alert, state: 'pending', badSince: now }, judgement, now) : alert;
  }
}

function afterPending(alert: AlertItem, { pendingMs }: Judgement, now: string): AlertItem {
  if (msBetween(alert.badSince ?? now, now) < pendingMs) return alert;
  const episode = alert.episode + 1;
  return { ...alert, state: 'firing', firedAt: now, quietSince: null, acknowledged: null, episode };
}

function afterFiring(alert: AlertItem, { isKnown, resolveMs }: Judgement, now: string): AlertItem {
  const quietSince = alert.quietSince ?? now;
  const limitMs = isKnown ? resolveMs : Math.max(resolveMs, UNKNOWN_RESOLVES_MS);
  if (msBetween(quietSince, now) < limitMs) return { ...alert, quietSince };
  return { ...alert, state: 'resolved', badSince: null, quietSince: null };
}

/** What receivers believe is compared with what is so; a silence only puts that off. */
function whatToTell({ silence, state, told, episode }: AlertItem): Step['tell'] {
  if (silence) return null;
  if (state === 'firing') return told === episode ? null : 'firing';
  return told === null ? null : 'resolved';
}

function toldAfter({ told, episode }: AlertItem, tell: Step['tell']): number | null {
  if (tell === 'firing') return episode;
  return tell === 'resolved' ? null : told;
}

const msBetween = (from: string, to: string) => Date.parse(to) - Date.parse(from);

/** Whether a round is worth a write: what nobody is shown changes too often for that. */
export function isWorthSaving(before: AlertItem | undefined, { after, transition, tell }: Step): boolean {
  if (!before || transition || tell) return true;
  const isShown = after.state === 'pending' || after.state === 'firing';
  return shownOf(before, isShown) !== shownOf(after, isShown);
}

function shownOf({ sentence, evidence, ...alert }: AlertItem, hasNumbers: boolean): string {
  const { title, severity, isKnown, silence, quietSince } = alert;
  const numbers = hasNumbers ? [sentence, evidence] : [];
  return JSON.stringify([title, severity, isKnown, silence, quietSince, ...numbers]);
}
