import { type AlertItem, readAlertItems } from '@/lib/server/alerts/alert-item';
import { claimRound } from '@/lib/server/alerts/claim-round';
import { judgeRules } from '@/lib/server/alerts/judge-rules';
import { isWorthSaving, nextAlert } from '@/lib/server/alerts/next-alert';
import { runResponses } from '@/lib/server/alerts/responses/run-responses';
import { saveAlert } from '@/lib/server/alerts/save-alert';
import { log } from '@/lib/server/log';
import type { Judgement } from '@/lib/shared/objective';

export const EVALUATE_EVERY_MS = 5000;

/** Shorter than the time between two looks of one process, which varies: alone it is never too early. */
const CLAIM_MS = 3500;

/** Where a round is claimed, and says when it last was. */
export const ROUND = 'EVALUATION';

/**
 * One round: judges every rule, takes the alerts one step further, and lets the responses answer. One process does it at a
 * time; where two do after all, each transition still happens once.
 * @param judge what says how things are
 * @throws {AppError} what DynamoDB answered; the next round goes on there
 */
export async function evaluateAlerts(requestId: string, judge = judgeRules): Promise<void> {
  if (!(await claimRound(ROUND, CLAIM_MS, requestId))) return;
  const judgements = await judge(requestId);
  await takeStep(judgements, requestId);
  await runResponses(await readAlertItems(requestId), requestId);
}

/** Takes every alert one step further, as it was judged. */
export async function takeStep(judgements: readonly Judgement[], requestId: string): Promise<void> {
  const stored = await readAlertItems(requestId);
  const now = new Date().toISOString();
  for (const judgement of judgements) {
    await takeOne(
      stored.find(({ ruleId }) => ruleId === judgement.ruleId),
      judgement,
      { now, requestId },
    );
  }
}

async function takeOne(
  before: AlertItem | undefined,
  judgement: Judgement,
  moment: { now: string; requestId: string },
): Promise<void> {
  const step = nextAlert(before, judgement, moment.now);
  if (!isWorthSaving(before, step)) return;
  const isSaved = await saveAlert(before, step, moment);
  if (!isSaved || !step.transition) return;
  const { requestId } = moment;
  const { ruleId, sentence } = step.after;
  log.info(`alert ${step.transition}`, { requestId, operation: 'evaluateAlerts', ruleId, sentence });
}
