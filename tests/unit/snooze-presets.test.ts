import { describe, expect, it } from 'vitest';
import { snoozePresets } from '@/components/failed-items/snooze-presets';

const at = (instant: string, timeZone: string) =>
  Object.fromEntries(snoozePresets(Date.parse(instant), timeZone).map(({ label, until }) => [label, until]));

describe('snooze presets', () => {
  it('mean the morning where the person is, not in UTC', () => {
    // 00:30 on Thursday in Berlin.
    expect(at('2026-11-25T23:30:00.000Z', 'Europe/Berlin')).toEqual({
      'In 1 hour': '2026-11-26T00:30:00.000Z',
      'In 4 hours': '2026-11-26T03:30:00.000Z',
      'Tomorrow morning': '2026-11-27T07:00:00.000Z',
      'Monday morning': '2026-11-30T07:00:00.000Z',
    });
  });

  it('mean next week on a Monday', () => {
    expect(at('2026-11-30T09:00:00.000Z', 'UTC')['Monday morning']).toBe('2026-12-07T08:00:00.000Z');
  });

  it('follow the clocks when they change overnight', () => {
    expect(at('2026-10-24T12:00:00.000Z', 'Europe/Berlin')['Tomorrow morning']).toBe(
      '2026-10-25T07:00:00.000Z',
    );
  });
});
