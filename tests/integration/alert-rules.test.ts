import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it, vi } from 'vitest';
import { judgeRules } from '@/lib/server/alerts/judge-rules';
import { judgeGrowth } from '@/lib/server/alerts/rules/judge-failed-items';
import { metaKey } from '@/lib/server/batches/batch-item';
import { startBatch } from '@/lib/server/batches/start-batch';
import { closedStanding, opened } from '@/lib/server/breakers/standing';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { readGroups } from '@/lib/server/failed-items/groups/read-groups';
import { recountGroups } from '@/lib/server/failed-items/groups/recount-groups';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import { failedItemFilterSchema } from '@/lib/shared/failed-item';
import { aReadyBatch } from '@/tests/support/batches';
import { aBatchWithFailures } from '@/tests/support/failed-items';
import { failCalls } from '@/tests/support/faults';

async function judged(ruleId: string) {
  const judgements = await judgeRules(newRequestId());
  return judgements.find((judgement) => judgement.ruleId === ruleId);
}

it('a running batch that is held up is bad, and named with its problem', async () => {
  const { batchId, actor } = await aReadyBatch({ chunks: [1] });
  await startBatch(batchId, actor, newRequestId());
  const before = await judged('batches-held-up');
  await documentClient.send(
    new UpdateCommand({
      ...metaKey(batchId),
      UpdateExpression: 'SET problem = :problem',
      ExpressionAttributeValues: {
        ':problem': { code: 'THROTTLING', message: 'Throttled', since: '2026-11-25T10:00:00.000Z' },
      },
    }),
  );

  const after = await judged('batches-held-up');

  expect(before).toMatchObject({ isBad: false });
  expect(after).toMatchObject({
    isBad: true,
    evidence: [{ label: 'rows.csv', value: 'THROTTLING since 2026-11-25T10:00:00.000Z' }],
  });
});

it('an open breaker is bad, and named by the variable of its table', async () => {
  const { to } = opened(closedStanding(Date.now()), 'Nothing is answered', Date.now());
  await documentClient.send(
    new PutCommand({
      TableName: env.METRICS_TABLE,
      Item: { lane: 'BREAKERS', itemKey: env.COURSES_TABLE, ...to },
    }),
  );

  expect(await judged('breaker-open')).toMatchObject({
    isBad: true,
    evidence: [{ label: 'COURSES_TABLE', value: 'Open: Nothing is answered' }],
  });
});

it('a hundred items that have failed within two hours are bad, fewer or older ones are not', async () => {
  await aBatchWithFailures({ rows: 2, failed: [2] });
  await itemsSettled();
  await recountGroups(newRequestId());
  const few = await judged('failed-items-growing');
  const { groups, totals } = await readGroups(failedItemFilterSchema.parse({}), newRequestId());
  const nowMs = Date.parse('2026-11-25T10:30:00.000Z');
  const within = (counts: Record<string, number>) => {
    const hours = Object.entries(counts).map(([hour, count]) => ({
      from: `2026-11-25T${hour}:00:00.000Z`,
      count,
    }));
    return judgeGrowth({ groups: groups.map((group) => ({ ...group, hours })), totals }, nowMs);
  };

  expect(few).toMatchObject({ isBad: false, evidence: [{ value: '1' }, { value: '1' }, { value: '1' }] });
  expect(within({ '08': 500, '09': 60, '10': 40 })).toMatchObject({
    isBad: true,
    evidence: [{ value: '100' }, {}, {}],
  });
  expect(within({ '08': 500, '09': 60, '10': 39 })).toMatchObject({ isBad: false });
});

it('rules that cannot be read leave the others alone', async () => {
  const warn = vi.spyOn(log, 'warn').mockReturnValue();
  failCalls('ResourceNotFoundException', { table: env.BATCHES_TABLE });

  const judgements = await judgeRules(newRequestId());

  const ids = judgements.map(({ ruleId }) => ruleId);
  expect(ids).not.toContain('batches-held-up');
  expect(ids).toContain('failed-items-growing');
  expect(warn).toHaveBeenCalledWith('rules not judged', expect.objectContaining({ judge: 'batches' }));
  warn.mockRestore();
});
