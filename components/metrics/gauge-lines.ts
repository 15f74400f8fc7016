import type { DataRow } from '@/components/charts/data-csv';
import type { TimePoint } from '@/components/charts/time-points';
import type { TimeWindow } from '@/components/charts/time-window';
import type { Gauge, GaugePoint } from '@/lib/shared/metrics';

/** One gauge of one process over time. */
export type GaugeLine = { instance: string; points: TimePoint[] };

/** The highest value in each slot, process by process; a process that says nothing in a slot has no point there. */
export function gaugeLines(
  gauges: readonly GaugePoint[],
  gauge: Gauge,
  { fromMs, toMs, stepMs }: TimeWindow,
): GaugeLine[] {
  const lines = new Map<string, Map<number, number>>();
  for (const { at, instance, highest } of gauges) {
    const [atMs, value] = [Date.parse(at), highest[gauge]];
    if (value === undefined || atMs < fromMs || atMs >= toMs) continue;
    const slots = lines.get(instance) ?? new Map<number, number>();
    lines.set(instance, slots);
    const slotMs = Math.floor(atMs / stepMs) * stepMs;
    slots.set(slotMs, Math.max(slots.get(slotMs) ?? value, value));
  }
  return [...lines].map(([instance, slots]) => ({
    instance,
    points: [...slots]
      .sort(([a], [b]) => a - b)
      .map(([atMs, value]) => ({ atMs, value, state: 'complete' as const })),
  }));
}

/** What the lines show, a row for each process in each slot. */
export function gaugeRows(
  gauges: readonly GaugePoint[],
  names: readonly Gauge[],
  window: TimeWindow,
): DataRow[] {
  const rows = new Map<string, { atMs: number; cells: (string | number | null)[] }>();
  for (const [column, gauge] of names.entries()) {
    for (const { instance, points } of gaugeLines(gauges, gauge, window)) {
      for (const { atMs, value } of points) {
        const key = `${atMs} ${instance}`;
        const row = rows.get(key) ?? { atMs, cells: [instance, ...names.map(() => null)] };
        row.cells[column + 1] = value;
        rows.set(key, row);
      }
    }
  }
  return [...rows].map(([key, row]) => ({ key, ...row })).sort((a, b) => a.atMs - b.atMs);
}
