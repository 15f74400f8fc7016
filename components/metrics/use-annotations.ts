'use client';

import { useQuery } from '@tanstack/react-query';
import type { TimeWindow } from '@/components/charts/time-window';
import { annotationsQuery } from '@/lib/client/annotations';
import { useSession } from '@/lib/client/session-context';

/** What was done in the time of the charts, for those who may read the trail. */
export function useAnnotations({ fromMs, toMs }: TimeWindow, isLive: boolean) {
  const { permissions } = useSession();
  const mayRead = permissions.includes('audit:read');
  const query = useQuery({ ...annotationsQuery({ fromMs, toMs, isLive }), enabled: mayRead });
  return { ...query, mayRead };
}

export type AnnotationsState = ReturnType<typeof useAnnotations>;
