import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantsOfDay, toInstant, toLocalText } from '@/lib/shared/course-time';

/** Summer time in both hemispheres, a shift of half an hour, odd offsets, and a zone that skipped a whole day. */
const zone = fc.constantFrom(
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);

const moment = fc
  .date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2199-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('an instant in the zone of a course', () => {
  it('comes back the same through the text of the control, to the millisecond, unless that hour comes twice', () => {
    fc.assert(
      fc.property(moment, zone, (instant, timeZone) => {
        const typed = toInstant(toLocalText(instant, timeZone), timeZone);

        if ('problem' in typed) throw new Error(typed.problem);
        if (!typed.isRepeated) expect(typed.instant).toBe(instant);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its seconds, and is written without them where it has none', () => {
    expect(toLocalText('2026-10-01T22:59:00.000Z', 'Europe/London')).toBe('2026-10-01T23:59');
    expect(toLocalText('2026-01-01T23:59:59.000Z', 'Europe/London')).toBe('2026-01-01T23:59:59');
  });
});

describe('a local time typed in', () => {
  it('is a moment that shows this very text, or a problem: never another time', () => {
    fc.assert(
      fc.property(moment, zone, (instant, timeZone) => {
        const text = instant.slice(0, 16);
        const typed = toInstant(text, timeZone);

        if ('problem' in typed) expect(typed.problem).toContain('clocks go forward');
        else expect(toLocalText(typed.instant, timeZone)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with the next time there is where the clocks skip it', () => {
    expect(toInstant('2026-03-29T01:30', 'Europe/London')).toEqual({
      problem: 'The clocks go forward over this time in Europe/London: choose 02:30 or later',
    });
  });

  it('means the first of two, and says so, where the clocks repeat it', () => {
    expect(toInstant('2026-10-25T01:30', 'Europe/London')).toEqual({
      instant: '2026-10-25T00:30:00.000Z',
      isRepeated: true,
    });
  });

  it.each(['', 'tomorrow', '2026-02-30T10:00', '2026-10-01', '12026-10-01T10:00', '2026-10-01T10:00Z'])(
    'is refused with an example when it is %j',
    (text) => {
      expect(toInstant(text, 'UTC')).toHaveProperty('problem', expect.stringContaining('such as'));
    },
  );
});

describe('a day of due dates', () => {
  it('has 23, 24 or 25 hours, as the clocks of the zone have it', () => {
    const hours = ['2026-03-29', '2026-06-01', '2026-10-25'].map((date) => {
      const day = instantsOfDay(date, 'Europe/London');
      return day && (Date.parse(day.last) + 1 - Date.parse(day.first)) / 3_600_000;
    });

    expect(hours).toEqual([23, 24, 25]);
  });

  it('runs from the first to the last millisecond in the zone', () => {
    expect(instantsOfDay('2026-07-01', 'Europe/London')).toEqual({
      first: '2026-06-30T23:00:00.000Z',
      last: '2026-07-01T22:59:59.999Z',
    });
  });

  it('is undefined where the text is no date', () => {
    expect(instantsOfDay('2026-02-30', 'UTC')).toBeUndefined();
  });
});
