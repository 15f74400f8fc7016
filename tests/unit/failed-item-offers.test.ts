import { describe, expect, it } from 'vitest';
import { offersFor } from '@/components/failed-items/offers';

const OPS = { mayRetry: true, mayEdit: true, mayDiscard: true };
const AUDITOR = { mayRetry: false, mayEdit: false, mayDiscard: false };
const ROW = { states: ['open'], kinds: ['batch_row'], rights: OPS } as const;

describe('what can be done with failed items', () => {
  it('begins with what helps against their cause', () => {
    expect(offersFor({ ...ROW, remedy: 'retry' })[0]).toBe('retry');
    expect(offersFor({ ...ROW, remedy: 'edit' })[0]).toBe('change');
    expect(offersFor({ ...ROW, remedy: 'discard' })[0]).toBe('discard');
  });

  it('is nothing for somebody who only reads', () => {
    expect(offersFor({ ...ROW, rights: AUDITOR })).toEqual([]);
  });

  it('is to retry or wait where a change must happen: it has no content and cannot be given up', () => {
    expect(offersFor({ ...ROW, kinds: ['effects'] })).toEqual(['retry', 'snooze']);
    expect(offersFor({ ...ROW, kinds: ['undo'] })).toEqual(['retry', 'snooze']);
  });

  it('is to restore what was discarded, and nothing for what succeeded', () => {
    expect(offersFor({ ...ROW, states: ['discarded'] })).toEqual(['restore']);
    expect(offersFor({ ...ROW, states: ['succeeded'] })).toEqual([]);
    expect(offersFor({ ...ROW, states: ['retrying'] })).toEqual([]);
  });

  it('is only to retry an item whose last retry was cut off', () => {
    expect(offersFor({ ...ROW, states: ['unknown'] })).toEqual(['retry']);
  });
});
