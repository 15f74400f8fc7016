import { expect, it } from 'vitest';
import { formatDate, formatInstant } from '@/components/ui/time-format';

it('shows an instant in the zone of the course with 24 hours', () => {
  expect(formatInstant('2026-07-01T22:59:00.000Z', 'Europe/London')).toBe('1 Jul 2026, 23:59');
  expect(formatInstant('2026-01-31T23:59:00.000Z', 'Asia/Kolkata')).toBe('1 Feb 2026, 05:29');
});

it('shows seconds where they are asked for', () => {
  expect(formatInstant('2026-07-01T22:59:07.900Z', 'Europe/London', 'seconds')).toBe('1 Jul 2026, 23:59:07');
});

it('shows midnight as 00:00', () => {
  expect(formatInstant('2026-01-01T00:00:00.000Z', 'UTC')).toBe('1 Jan 2026, 00:00');
});

it('shows a calendar date as it is, wherever the reader sits', () => {
  expect(formatDate('2013-10-01')).toBe('1 Oct 2013');
});
