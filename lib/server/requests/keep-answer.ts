import { processState } from '@/lib/server/process-state';
import { type KeptLine, keeper } from '@/lib/server/requests/keep-line';
import { redactedFacts } from '@/lib/server/requests/redacted-facts';

type Answered = { at: string; number: number; event: string; fields: Record<string, unknown> };

/** Answers that a process remembers: those of the last flush and more. */
const MOST_ANSWERS = 500;

const answered = processState('requestAnswers', () => new Map<string, Answered>());

/**
 * Remembers for a while how a request was answered. Most are never asked for again: only those that stand for others in the
 * metrics are stored. Costs no I/O.
 */
export function keepAnswer(
  event: string,
  { requestId, ...fields }: { requestId: string } & Record<string, unknown>,
): void {
  const oldest = answered.size < MOST_ANSWERS ? undefined : answered.keys().next().value;
  if (oldest !== undefined) answered.delete(oldest);
  answered.set(requestId, { at: new Date().toISOString(), number: keeper.lines++, event, fields });
}

/** The line that says how a request was answered; none where it failed, was answered elsewhere or long ago. */
export function answerLines(requestId: string): KeptLine[] {
  const answer = answered.get(requestId);
  if (!answer) return [];
  const { at, number, event, fields } = answer;
  const facts = redactedFacts(fields);
  return [{ at, level: 'INFO', event, process: keeper.process, facts, requestId, number }];
}
