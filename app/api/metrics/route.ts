import { readMetrics } from '@/lib/server/metrics/read-metrics';
import { noteReading } from '@/lib/server/metrics/reading-mark';
import { route } from '@/lib/server/route';
import { metricsQuerySchema } from '@/lib/shared/metrics';

export const GET = route(
  {
    operation: 'readMetrics',
    failure: 'Failed to read metrics',
    permission: 'metrics:read',
    query: metricsQuerySchema,
  },
  async ({ query, requestId }) => {
    const [metrics] = await Promise.all([readMetrics(query, requestId), noteReading(requestId)]);
    return metrics;
  },
);
