import { describe, expect, it } from 'vitest';
import { stopAfterLoss, stopAway } from '@/components/failed-items/triage-stops';

const KEYS = ['group:throttled', 'item:1', 'item:2', 'item:3', 'group:missing'];

describe('the keys j and k', () => {
  it('begin at the first or the last place', () => {
    expect(stopAway(KEYS, { from: undefined, step: 1 })).toBe('group:throttled');
    expect(stopAway(KEYS, { from: undefined, step: -1 })).toBe('group:missing');
  });

  it('walk through groups and rows, and stay at the ends', () => {
    expect(stopAway(KEYS, { from: 'item:3', step: 1 })).toBe('group:missing');
    expect(stopAway(KEYS, { from: 'group:missing', step: 1 })).toBe('group:missing');
    expect(stopAway(KEYS, { from: 'item:1', step: -1 })).toBe('group:throttled');
  });

  it('jump from group to group in capitals', () => {
    expect(stopAway(KEYS, { from: 'item:1', step: 1, kind: 'group' })).toBe('group:missing');
    expect(stopAway(KEYS, { from: 'item:3', step: -1, kind: 'group' })).toBe('group:throttled');
  });
});

describe('when the row with the focus leaves', () => {
  it('the next row gets it', () => {
    expect(stopAfterLoss(KEYS, ['group:throttled', 'item:1', 'item:3'], 'item:2')).toBe('item:3');
  });

  it('the row before it gets it where it was the last one', () => {
    expect(stopAfterLoss(KEYS, ['group:throttled', 'item:1', 'item:2', 'group:missing'], 'item:3')).toBe(
      'item:2',
    );
  });

  it('the next group gets it where the rows are gone, too', () => {
    expect(stopAfterLoss(KEYS, ['group:missing'], 'item:2')).toBe('group:missing');
  });

  it('nothing gets it where nothing is left', () => {
    expect(stopAfterLoss(KEYS, [], 'item:2')).toBeUndefined();
  });
});
