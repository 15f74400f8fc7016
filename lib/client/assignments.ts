import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod';
import { api, withQuery } from '@/lib/client/api';
import { pageSchema } from '@/lib/shared/api';
import type { AppError } from '@/lib/shared/app-error';
import {
  type Assignment,
  type AssignmentChanges,
  assignmentSchema,
  assignmentSummarySchema,
  type NewAssignment,
} from '@/lib/shared/assignment';
import { assignmentEventSchema } from '@/lib/shared/audit-event';

const summaryPageSchema = pageSchema(assignmentSummarySchema);
const historyPageSchema = pageSchema(assignmentEventSchema);
const createdSchema = z.object({ assignmentId: z.string(), message: z.string() });

const HISTORY_PAGE = 10;
const PENDING_POLL_MS = 2000;

/** What the list is asked for; null and empty values are left out. */
export type AssignmentSearch = Record<
  'courseId' | 'instructorId' | 'status' | 'dueFrom' | 'dueTo' | 'title' | 'order' | 'cursor',
  string | null | undefined
>;

const pathOf = (assignmentId: string) => `/api/assignments/${encodeURIComponent(assignmentId)}`;

/** One page of assignments by due date. */
export const assignmentsQuery = (search: AssignmentSearch) =>
  queryOptions({
    queryKey: ['assignments', 'list', search],
    queryFn: ({ signal }) => api.get(withQuery('/api/assignments', search), summaryPageSchema, signal),
    placeholderData: keepPreviousData,
  });

/** One assignment; asked for again while effects of it are pending. */
export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['assignments', assignmentId],
    queryFn: ({ signal }) => api.get(pathOf(assignmentId), assignmentSchema, signal),
    refetchInterval: ({ state }) => (state.data?.pendingEffects.length ? PENDING_POLL_MS : false),
  });

/** The audit events of one assignment, newest first, page by page. */
export const historyQuery = (assignmentId: string) =>
  infiniteQueryOptions({
    queryKey: ['assignments', assignmentId, 'history'],
    queryFn: ({ signal, pageParam }) =>
      api.get(
        withQuery(`${pathOf(assignmentId)}/history`, { limit: HISTORY_PAGE, cursor: pageParam }),
        historyPageSchema,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
  });

/** The stored assignment that a refused write met, where the answer carries one. */
export function currentAssignment(error: AppError): Assignment | undefined {
  return assignmentSchema.safeParse(error.current).data;
}

type Creation = { input: NewAssignment; idempotencyKey: string };

/** Creates an assignment; sending the same key again never creates a second one. */
export function useCreateAssignment() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ input, idempotencyKey }: Creation) =>
      api.post('/api/assignments', input, createdSchema, { idempotencyKey }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['assignments', 'list'] });
      void queryClient.invalidateQueries({ queryKey: ['courses'] });
    },
  });
}

type Edit = { version: number; changes: AssignmentChanges };

/** Sends the changed fields of an assignment, made on a version. */
export function useUpdateAssignment(assignmentId: string) {
  const keep = useKeepAssignment();
  return useMutation({
    mutationFn: ({ version, changes }: Edit) =>
      api.patch(pathOf(assignmentId), { version, ...changes }, assignmentSchema),
    ...keep,
  });
}

/** Archives an assignment or restores it. */
export function useArchiving(assignmentId: string, verb: 'archive' | 'restore') {
  const keep = useKeepAssignment();
  return useMutation({
    mutationFn: (version: number) =>
      api.post(`${pathOf(assignmentId)}/${verb}`, { version }, assignmentSchema),
    ...keep,
  });
}

/** Shows what a write made of an assignment, or met in its place, and lets lists and history be read again. */
function useKeepAssignment() {
  const queryClient = useQueryClient();
  const keep = (assignment: Assignment) => {
    queryClient.setQueryData(assignmentQuery(assignment.assignmentId).queryKey, assignment);
    void queryClient.invalidateQueries({ queryKey: ['assignments', 'list'] });
    void queryClient.invalidateQueries({ queryKey: historyQuery(assignment.assignmentId).queryKey });
  };
  return {
    onSuccess: keep,
    onError: (error: AppError) => {
      const current = currentAssignment(error);
      if (current) keep(current);
    },
  };
}
