/** A value that held from one moment to another (seconds since the start). */
export type Step = { fromSeconds: number; toSeconds: number; value: number };

export type Point = { atSeconds: number; value: number };

/** The corners of a line through steps; where nothing was measured, it lies at zero. */
export function stepPoints(steps: readonly Step[]): Point[] {
  return steps.flatMap(({ fromSeconds, toSeconds, value }, index) => {
    const previousEnd = steps[index - 1]?.toSeconds ?? fromSeconds;
    const gap =
      fromSeconds > previousEnd
        ? [
            { atSeconds: previousEnd, value: 0 },
            { atSeconds: fromSeconds, value: 0 },
          ]
        : [];
    return [...gap, { atSeconds: fromSeconds, value }, { atSeconds: toSeconds, value }];
  });
}

/** A distance from the start: "0:30", "12:05", "1:02:05". */
export function formatElapsed(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  const rest = twoDigits(Math.floor(seconds % 60));
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}
