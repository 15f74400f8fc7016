import { expect, it } from 'vitest';
import { formatElapsed, stepPoints } from '@/components/charts/step-points';

it('draws each interval as a level line, and nothing measured as zero', () => {
  const points = stepPoints([
    { fromSeconds: 0, toSeconds: 10, value: 5 },
    { fromSeconds: 10, toSeconds: 20, value: 7 },
    { fromSeconds: 50, toSeconds: 60, value: 3 },
  ]);

  expect(points.map(({ atSeconds, value }) => [atSeconds, value])).toEqual([
    [0, 5],
    [10, 5],
    [10, 7],
    [20, 7],
    [20, 0],
    [50, 0],
    [50, 3],
    [60, 3],
  ]);
});

it.each([
  [0, '0:00'],
  [65, '1:05'],
  [3725, '1:02:05'],
])('%d seconds from the start are labelled "%s"', (seconds, label) => {
  expect(formatElapsed(seconds)).toBe(label);
});
