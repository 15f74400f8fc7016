import * as z from 'zod';

const EARLIEST = '1970-01-01T00:00:00.000Z';
const LATEST = '2199-12-31T23:59:59.999Z';

const HOW_TO_WRITE = 'Give a date and time with its zone, such as 2026-10-01T23:59:00Z';

/** An exact moment: ISO 8601 (RFC 3339) with `Z` or an offset, kept as UTC with milliseconds. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: HOW_TO_WRITE })
  .transform((text, context) => {
    const time = Date.parse(text);
    if (Number.isNaN(time)) {
      context.addIssue({ code: 'custom', message: HOW_TO_WRITE });
      return z.NEVER;
    }
    return new Date(time).toISOString();
  })
  .refine((instant) => instant >= EARLIEST && instant <= LATEST, {
    error: 'Choose a date between 1970 and 2199 (Gregorian calendar)',
  });
