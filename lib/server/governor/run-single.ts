import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { runGoverned, type Sent } from '@/lib/server/governor/governor';
import { governorOf } from '@/lib/server/governor/governors';
import { asGoverned } from '@/lib/server/governor/note-write';
import { itemUnits } from '@/lib/server/governor/write-units';

type Outcome<Result> = { answer: Result } | { thrown: unknown };

/**
 * Writes one item of a batch as the governor of its table lets it pass.
 * @throws what the write threw
 */
export async function runSingle<Result>(
  table: string,
  item: object,
  write: () => Promise<Result>,
): Promise<Result> {
  const units = itemUnits(item);
  const outcome = await runGoverned(
    governorOf(table),
    () => units,
    () => sendSingle(units, write),
  );
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.answer;
}

async function sendSingle<Result>(
  units: number,
  write: () => Promise<Result>,
): Promise<Sent<Outcome<Result>>> {
  try {
    return { result: { answer: await asGoverned(write) }, items: 1, taken: units, refused: 0 };
  } catch (thrown) {
    const error = classifyError(thrown);
    const result = { thrown };
    if (isBreakerOpen(error)) return { result, items: 0, taken: 0, refused: 0 };
    if (error.code === 'THROTTLING') return { result, items: 1, taken: 0, refused: units };
    // A refused condition has cost its units as well; of other failures nothing is known.
    const isAnswered = error.code === 'CONDITIONAL_FAILED' && !error.isRetryable;
    return { result, items: 1, taken: isAnswered ? units : 0, refused: 0, isUnknown: !isAnswered };
  }
}
