import * as z from 'zod';
import { downloadRoute } from '@/lib/server/route';
import { batchTemplate } from '@/lib/shared/batch-template';

const querySchema = z.strictObject({ format: z.enum(['csv', 'json']).default('csv') });

export const GET = downloadRoute(
  {
    operation: 'downloadTemplate',
    failure: 'Failed to make the template',
    permission: 'batch:create',
    query: querySchema,
  },
  async ({ query: { format } }) => ({
    fileName: `assignments-template.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
    text: batchTemplate(format),
  }),
);
