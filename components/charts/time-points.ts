/**
 * What was measured in one slot of time. `silent`: nothing is known of it; `partial`: it still runs or a part of it is
 * missing. A value of null in a slot that is not silent: there was nothing to measure.
 */
export type TimePoint = { atMs: number; value: number | null; state: 'complete' | 'partial' | 'silent' };

type Known = { atMs: number; value: number };

/** A part of a line: whole, or `isPartial` where it leads to or from a slot that is not complete. */
type LinePart = { isPartial: boolean; points: Known[] };

/** The parts of a line through points; it breaks where nothing is known and where there was nothing to measure. */
export function lineParts(points: readonly TimePoint[], stepMs: number): LinePart[] {
  const parts: LinePart[] = [];
  let previous: TimePoint | undefined;
  for (const point of points) {
    if (isKnown(point)) extend(parts, point, isNext(previous, point, stepMs) ? previous : undefined);
    previous = point;
  }
  return parts;
}

/** Times of which nothing is known, neighbouring slots as one. */
export function silentSpans(
  points: readonly TimePoint[],
  stepMs: number,
): { fromMs: number; toMs: number }[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const { atMs, state } of points) {
    if (state !== 'silent') continue;
    const last = spans.at(-1);
    if (last?.toMs === atMs) last.toMs = atMs + stepMs;
    else spans.push({ fromMs: atMs, toMs: atMs + stepMs });
  }
  return spans;
}

type KnownPoint = TimePoint & Known;

const isKnown = (point: TimePoint): point is KnownPoint => point.state !== 'silent' && point.value !== null;

function isNext(previous: TimePoint | undefined, point: TimePoint, stepMs: number): previous is KnownPoint {
  return previous !== undefined && isKnown(previous) && point.atMs - previous.atMs === stepMs;
}

function extend(parts: LinePart[], point: KnownPoint, previous: KnownPoint | undefined): void {
  const isPartial = point.state === 'partial' || previous?.state === 'partial';
  const last = parts.at(-1);
  const next = { atMs: point.atMs, value: point.value };
  // A line that begins anew has no kind yet: its first link decides.
  if (previous && last && (last.isPartial === isPartial || last.points.length === 1)) {
    last.isPartial = isPartial;
    last.points.push(next);
  } else if (previous) {
    parts.push({ isPartial, points: [{ atMs: previous.atMs, value: previous.value }, next] });
  } else {
    parts.push({ isPartial, points: [next] });
  }
}
