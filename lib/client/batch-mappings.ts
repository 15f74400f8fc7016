import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod';
import { api } from '@/lib/client/api';
import { type Mapping, savedMappingSchema } from '@/lib/shared/batch-mapping';

const PATH = '/api/batches/mappings';

const savedMappingsSchema = z.object({ items: z.array(savedMappingSchema) });

/** The mappings that somebody saved, to be recognised by the header of a file. */
export const savedMappingsQuery = queryOptions({
  queryKey: ['batch-mappings'],
  queryFn: ({ signal }) => api.get(PATH, savedMappingsSchema, signal),
});

type Saving = { name: string; columns: string[]; mapping: Mapping };

/** Keeps a mapping under a name, for the next file with this header. */
export function useSaveMapping() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (saving: Saving) => api.post(PATH, saving, savedMappingSchema),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: savedMappingsQuery.queryKey }),
  });
}
