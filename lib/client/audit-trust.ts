import { focusManager, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { api, withQuery } from '@/lib/client/api';
import {
  type AuditExportPlan,
  type AuditFilter,
  auditExportPlanSchema,
  auditGapsSchema,
  type EXPORT_FORMATS,
  legalHoldChangeSchema,
  legalHoldSchema,
} from '@/lib/shared/audit-log';

const PATH = '/api/audit-log';

const POLL_MS = { gaps: 5000, hold: 30_000, walk: 2000 } as const;

const whileSeen = (ms: number) => (focusManager.isFocused() ? ms : ms * 10);

/** Events that the audit table has not taken yet; live. */
export const auditGapsQuery = () =>
  queryOptions({
    queryKey: ['audit-log', 'gaps'],
    queryFn: ({ signal }) => api.get(`${PATH}/gaps`, auditGapsSchema, signal),
    refetchInterval: () => whileSeen(POLL_MS.gaps),
  });

/** The legal hold, read more often while stored events are still to follow it. */
export const legalHoldQuery = () =>
  queryOptions({
    queryKey: ['audit-log', 'legal-hold'],
    queryFn: ({ signal }) => api.get(`${PATH}/legal-hold`, legalHoldSchema, signal),
    refetchInterval: ({ state: { data } }) =>
      whileSeen(data && data.hoursDone < data.hours ? POLL_MS.walk : POLL_MS.hold),
  });

/** Places or releases the legal hold; whatever came of it, it is read again. */
export function useChangeLegalHold() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: z.infer<typeof legalHoldChangeSchema>) =>
      api.post(`${PATH}/legal-hold`, legalHoldChangeSchema.parse(change), legalHoldSchema),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['audit-log', 'legal-hold'] }),
  });
}

/** How many rows an export of this filter has at this moment; asked anew each time, since the trail grows. */
export const auditExportPlanQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ['audit-log', 'export-plan', filter],
    queryFn: ({ signal }) =>
      api.get(withQuery(`${PATH}/export/plan`, paramsOf(filter)), auditExportPlanSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

type Export = {
  filter: AuditFilter;
  plan: AuditExportPlan;
  format: (typeof EXPORT_FORMATS)[number];
  /** The reference of the last complete line of a broken download. */
  after: string;
};

/** Where the planned export is downloaded: its end is the planned one, so that it has the planned rows. */
export const auditExportPath = ({ filter, plan, format, after }: Export) =>
  withQuery(`${PATH}/export`, { ...paramsOf(filter), to: plan.to, format, after });

function paramsOf({ action, ...filter }: AuditFilter): Record<string, string | undefined> {
  return { ...filter, action: action?.join(',') };
}
