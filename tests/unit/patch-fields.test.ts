import { describe, expect, it } from 'vitest';
import { toPatch } from '@/components/failed-items/patch-fields';

describe('a patch as it is typed', () => {
  it('holds the chosen fields and no other', () => {
    expect(toPatch(new Map([['points', '12,5']]), 'UTC')).toEqual({ patch: { points: 12.5 } });
    expect(toPatch(new Map([['maxAttempts', '']]), 'UTC')).toEqual({ patch: { maxAttempts: null } });
  });

  it('means dates where the person is', () => {
    expect(toPatch(new Map([['dueAt', '2026-12-24T18:00']]), 'Europe/Berlin')).toEqual({
      patch: { dueAt: '2026-12-24T17:00:00.000Z' },
    });
  });

  it('says of each wrong field what is wrong', () => {
    const { patch, problems } = toPatch(
      new Map([
        ['points', 'many'],
        ['title', ''],
      ]),
      'UTC',
    );

    expect(patch).toBeUndefined();
    expect([...(problems?.keys() ?? [])].sort()).toEqual(['points', 'title']);
  });

  it('does not guess a time that the clocks skip', () => {
    const { problems } = toPatch(new Map([['dueAt', '2026-03-29T02:30']]), 'Europe/Berlin');

    expect(problems?.get('dueAt')).toMatch(/clocks go forward/);
  });
});
