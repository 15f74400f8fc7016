import { exportMetrics } from '@/lib/server/metrics/export-metrics';
import { downloadRoute } from '@/lib/server/route';
import { metricsQuerySchema } from '@/lib/shared/metrics';

export const GET = downloadRoute(
  {
    operation: 'exportMetrics',
    failure: 'Failed to export metrics',
    permission: 'metrics:read',
    query: metricsQuerySchema,
  },
  ({ query, requestId }) => exportMetrics(query, requestId),
);
