import { vi } from 'vitest';
import { ALERTS, HISTORY, OUTBOX, readLane, toAlertEvent, toAlertItem } from '@/lib/server/alerts/alert-item';
import { takeStep } from '@/lib/server/alerts/evaluate-alerts';
import { newRequestId } from '@/lib/server/request-id';
import type { Judgement } from '@/lib/shared/objective';
import { aJudgement } from '@/tests/support/judgements';

/** Lets so many seconds pass; the clock must be a false one. */
export function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

/** One step of these rules, as they are judged. */
export const step = (...judgements: Judgement[]) => takeStep(judgements, newRequestId());

/** Lets a rule fire. */
export async function fire(ruleId: string): Promise<void> {
  await step(aJudgement({ ruleId }));
  pass(30);
  await step(aJudgement({ ruleId }));
}

/** Lets a firing rule resolve. */
export async function resolve(ruleId: string): Promise<void> {
  await step(aJudgement({ ruleId, isBad: false }));
  pass(60);
  await step(aJudgement({ ruleId, isBad: false }));
}

export async function alertOf(ruleId: string) {
  const items = (await readLane(ALERTS, newRequestId())).map(toAlertItem);
  return items.find((alert) => alert.ruleId === ruleId);
}

/** What the history says of a rule, oldest first. */
export async function historyOf(ruleId: string) {
  const events = (await readLane(HISTORY, newRequestId())).map(toAlertEvent);
  return events.filter((event) => event.ruleId === ruleId).map(({ kind }) => kind);
}

export const outbox = () => readLane(OUTBOX, newRequestId());
