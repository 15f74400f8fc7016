import { readHistory } from '@/lib/server/objectives/read-history';
import { judge } from '@/lib/server/objectives/rules/all-rules';
import type { Judgement } from '@/lib/shared/objective';

/**
 * What every rule over metrics says at this moment, in an order that stays.
 * @throws {AppError} what DynamoDB answered: nobody can judge then
 */
export async function judgeAll(requestId: string): Promise<Judgement[]> {
  const nowMs = Date.now();
  return judge(await readHistory(nowMs, requestId), nowMs);
}
