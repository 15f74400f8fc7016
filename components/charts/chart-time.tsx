'use client';

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { ChartPatterns } from '@/components/charts/chart-patterns';
import {
  type CursorState,
  type CursorStore,
  createCursorStore,
  NO_CURSOR,
} from '@/components/charts/cursor-store';
import type { TimeWindow } from '@/components/charts/time-window';

/** Something that happened at a moment, drawn across the charts. */
type Mark = { key: string; atMs: number; label: string };

type ChartTime = {
  window: TimeWindow;
  timeZone: string;
  marks: readonly Mark[];
  /** Shows another time instead. */
  onZoom: (fromMs: number, toMs: number) => void;
  cursor: CursorStore;
};

const ChartTimeContext = createContext<ChartTime | null>(null);

type Props = Omit<ChartTime, 'cursor'> & { children: ReactNode };

/** Charts inside show the same time and share one cursor. */
export function ChartTimeProvider({ window, timeZone, marks, onZoom, children }: Props) {
  const [cursor] = useState(createCursorStore);
  const value = useMemo(
    () => ({ window, timeZone, marks, onZoom, cursor }),
    [window, timeZone, marks, onZoom, cursor],
  );
  return (
    <ChartTimeContext value={value}>
      <ChartPatterns />
      {children}
    </ChartTimeContext>
  );
}

/** The time that the charts around show. */
export function useChartTime(): ChartTime {
  const value = useContext(ChartTimeContext);
  if (!value) throw new Error('Charts over time need a ChartTimeProvider around them');
  return value;
}

/** Where the shared cursor stands, as it moves. */
export function useCursor(): CursorState {
  const { cursor } = useChartTime();
  return useSyncExternalStore(cursor.subscribe, cursor.get, () => NO_CURSOR);
}
