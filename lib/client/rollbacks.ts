import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { pageSchema } from '@/lib/shared/api';
import {
  type RollbackAnswer,
  type RollbackInput,
  type RunRollback,
  rollbackAnswerSchema,
  rollbackPlanSchema,
  rollbackTargetSchema,
} from '@/lib/shared/rollback';

const targetPageSchema = pageSchema(rollbackTargetSchema);

const TARGETS_PAGE = 25;

/** What a rollback would do at this moment: read anew each time somebody looks. */
export const rollbackPlanQuery = (input: RollbackInput) =>
  queryOptions({
    queryKey: ['rollbacks', 'plan', input],
    queryFn: ({ signal }) => api.get(withQuery('/api/rollbacks/plan', input), rollbackPlanSchema, signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

/** One page of the assignments that a person changed, last change first. */
export const rollbackTargetsQuery = (
  { actor, from, to }: Extract<RollbackInput, { kind: 'actor' }>,
  cursor: string | null,
) =>
  queryOptions({
    queryKey: ['rollbacks', 'targets', { actor, from, to, cursor }],
    queryFn: ({ signal }) =>
      api.get(
        withQuery('/api/rollbacks/targets', { actor, from, to, cursor, limit: TARGETS_PAGE }),
        targetPageSchema,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });

/** Rolls back; whatever came of it, the plan is read again, and so is everything that may have changed. */
export function useRollback(onDone: (answer: RollbackAnswer) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rollback: RunRollback) => api.post('/api/rollbacks', rollback, rollbackAnswerSchema),
    onSuccess: onDone,
    onSettled: () =>
      Promise.all(
        ['rollbacks', 'assignments', 'batches'].map((noun) =>
          queryClient.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}
