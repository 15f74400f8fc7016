import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayRange, toInstant, toLocalTime } from '@/lib/shared/course-time';

/** Zones with summer time in both hemispheres, a half-hour shift, odd offsets, and one that skipped a whole day. */
const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];

const zone = fc.constantFrom(...ZONES);
const instant = fc
  .date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2199-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('an instant in the zone of a course', () => {
  it('comes back the same after a round trip through the text of the control, to the millisecond', () => {
    fc.assert(
      fc.property(instant, zone, (moment, timeZone) => {
        const typed = toInstant(toLocalTime(moment, timeZone), timeZone, moment);

        expect(typed).toMatchObject({ instant: moment });
      }),
      { numRuns: 2000 },
    );
  });

  it('is written without seconds where it has none, as the control shows it', () => {
    expect(toLocalTime('2026-10-01T22:59:00.000Z', 'Europe/London')).toBe('2026-10-01T23:59');
    expect(toLocalTime('2026-01-01T23:59:59.000Z', 'Europe/London')).toBe('2026-01-01T23:59:59');
  });
});

describe('a local time typed in', () => {
  it('is either a moment that shows this very text, or a problem', () => {
    const minute = fc.date({
      min: new Date('1970-01-02T00:00:00Z'),
      max: new Date('2199-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(minute, zone, (date, timeZone) => {
        const text = date.toISOString().slice(0, 16);
        const typed = toInstant(text, timeZone);

        if ('problem' in typed) expect(typed.problem).toContain('clocks go forward');
        else expect(toLocalTime(typed.instant, timeZone)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with the next time there is where the clocks skip it', () => {
    expect(toInstant('2026-03-29T01:30', 'Europe/London')).toEqual({
      problem: 'The clocks go forward over this time in Europe/London: choose 02:30 or another time',
    });
  });

  it('means the first of two where the clocks repeat it', () => {
    expect(toInstant('2026-10-25T01:30', 'Europe/London')).toEqual({
      instant: '2026-10-25T00:30:00.000Z',
      isRepeated: true,
    });
  });

  it('stays the second of two where it was that before, so that an edit elsewhere does not move it', () => {
    expect(toInstant('2026-10-25T01:30', 'Europe/London', '2026-10-25T01:30:00.000Z')).toEqual({
      instant: '2026-10-25T01:30:00.000Z',
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
    const hours = (date: string) => {
      const { first, last } = dayRange(date, 'Europe/London');
      return (Date.parse(last) + 1 - Date.parse(first)) / 3_600_000;
    };

    expect(['2026-03-29', '2026-06-01', '2026-10-25'].map(hours)).toEqual([23, 24, 25]);
  });

  it('ends where the next one begins', () => {
    expect(dayRange('2026-07-01', 'Europe/London')).toEqual({
      first: '2026-06-30T23:00:00.000Z',
      last: '2026-07-01T22:59:59.999Z',
    });
  });
});
