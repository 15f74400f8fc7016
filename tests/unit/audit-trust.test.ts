import { describe, expect, it } from 'vitest';
import { hrefOfItem } from '@/components/audit-trust/item-ref';
import { rangeOf } from '@/components/audit-trust/verify-range';

const EVENT_ID = '0123456789abcdef0123456789abcdef';
const TIME = '2026-11-25T06:01:02.003Z';

describe('the place of a faulty item on the page', () => {
  it.each([
    [`${TIME}.${EVENT_ID}`, `/audit-log?event=${encodeURIComponent(`${TIME}.${EVENT_ID}`)}`],
    [
      `A#2026-11-25T06#3|${TIME}#${EVENT_ID}`,
      `/audit-log?event=${encodeURIComponent(`${TIME}.${EVENT_ID}`)}`,
    ],
    ['batch_1.17', '/audit-log?event=batch_1.17'],
    ['S#batch_1|rows#000000002', '/audit-log?batchId=batch_1'],
  ])('of %s is %s', (item, href) => {
    expect(hrefOfItem(item)).toBe(href);
  });

  it('is unknown for what is neither an event nor rows of a batch', () => {
    expect(hrefOfItem('SEALS|2026-11-25T06')).toBeNull();
  });
});

describe('the range of a verification', () => {
  const now = Date.parse('2026-11-25T12:00:00.000Z');
  const filter = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' };

  it('is a day or a week before this moment, the time of the filter, or everything', () => {
    expect(rangeOf('day', filter, now)).toEqual({ from: '2026-11-24T12:00:00.000Z', to: null });
    expect(rangeOf('week', filter, now)).toEqual({ from: '2026-11-18T12:00:00.000Z', to: null });
    expect(rangeOf('filter', filter, now)).toEqual(filter);
    expect(rangeOf('filter', {}, now)).toEqual({ from: null, to: null });
    expect(rangeOf('all', filter, now)).toEqual({ from: null, to: null });
  });
});
