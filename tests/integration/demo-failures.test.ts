import { describe, expect, it } from 'vitest';
import { loadDemoData } from '@/lib/server/demo/load-demo-data';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import { newRequestId } from '@/lib/server/request-id';
import { failedItemFilterSchema } from '@/lib/shared/failed-item';

async function causes(): Promise<string[]> {
  const filter = failedItemFilterSchema.parse({});
  const all = [];
  for await (const items of walkFailedItems(filter, { requestId: newRequestId() })) all.push(...items);
  return all.map(({ kind, code, field }) => [kind, code, field].filter(Boolean).join(' '));
}

const counted = (names: string[]) =>
  Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]),
  );

describe('the demo with failures', () => {
  it('prepares a morning with every kind of failure, and adds nothing when it runs again', async () => {
    const { failedItems } = await loadDemoData({ withFailures: true });
    expect(failedItems).toBe(23);
    const first = await causes();
    expect(counted(first)).toEqual({
      'batch_row THROTTLING': 14,
      'batch_row VALIDATION_ERROR courseId': 4,
      'batch_row CONDITIONAL_FAILED': 2,
      'create THROTTLING': 2,
      'effects THROTTLING': 1,
    });

    expect(await loadDemoData({ withFailures: true })).toMatchObject({ failedItems: 0 });
    expect((await causes()).sort()).toEqual(first.sort());
  });
});
