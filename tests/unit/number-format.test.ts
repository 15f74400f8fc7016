import { expect, it } from 'vitest';
import { countOf, formatBytes, formatDuration, formatShare } from '@/components/ui/number-format';

it.each([
  [0, '0 s'],
  [0.2, 'under 1 s'],
  [45, '45 s'],
  [60, '1 min'],
  [125, '2 min 5 s'],
  [3600, '1 h'],
  [3605, '1 h'],
  [12_000, '3 h 20 min'],
  [360_000, '100 h'],
])('%d seconds read as "%s"', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [8200, '8.2 kB'],
  [512 * 1024 * 1024, '536.9 MB'],
  [5_000_000_000_000, '5,000 GB'],
])('%d bytes read as "%s"', (bytes, text) => {
  expect(formatBytes(bytes).replace('\u00a0', ' ')).toBe(text);
});

it('counts one row and many rows in words', () => {
  expect([
    countOf(1, 'row'),
    countOf(0, 'row'),
    countOf(1_000_000, 'row'),
    countOf(2, 'batch', 'batches'),
  ]).toEqual(['1 row', '0 rows', '1,000,000 rows', '2 batches']);
});

it('shows a share as a percentage with one decimal', () => {
  expect(formatShare(0.0345).replace('\u00a0', ' ')).toBe('3.5 %');
});
