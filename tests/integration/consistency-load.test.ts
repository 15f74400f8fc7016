import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { startBatch } from '@/lib/server/batches/start-batch';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aReadyBatch } from '@/tests/support/batches';
import { aCreated, aTaughtCourse, check, linesOf, setByHand } from '@/tests/support/consistency';
import { aBatchWithFailures, retry, rowId } from '@/tests/support/failed-items';

const setCount = (courseId: string, assignmentCount: number) =>
  setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount });

describe('a check while people and batches write', () => {
  it('reports no difference that is only on its way, and still finds a real one', async () => {
    const busy = await aTaughtCourse(5);
    const quiet = await aTaughtCourse(2);
    await setCount(quiet.courseId, 5);
    const failures = await aBatchWithFailures({ failed: [3, 4, 5, 6] });
    const running = await aReadyBatch({ chunks: Array(6).fill(15) });
    const undone = await aReadyBatch({ chunks: [30] });
    await startBatch(undone.batchId, undone.actor, newRequestId());
    const look = (batchId: string) =>
      lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
    await look(undone.batchId);
    let isOver = false;
    const people = async () => {
      let created = 0;
      while (!isOver) {
        await aCreated(busy.courseId, busy.instructor);
        created++;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return created;
    };
    const batches = async () => {
      await startBatch(running.batchId, running.actor, newRequestId());
      await look(running.batchId);
      const undo = await undoBatch(undone.batchId, { actor: undone.actor, requestId: newRequestId() });
      await look(undo.batchId);
      for (const row of [3, 4, 5]) await retry([rowId(failures, row)]);
    };

    const load = Promise.all([people(), people(), batches()]);
    const result = await check();
    isOver = true;
    const [first, second] = await load;
    await effectsApplied();

    expect(first + second).toBeGreaterThan(0);
    expect(linesOf(result)).toEqual([`course-counts ${quiet.courseId} 2 5`]);
    await setCount(quiet.courseId, 2);
    expect(linesOf(await check())).toEqual([]);
  }, 180_000);
});
