import { reportLane } from '@/lib/server/metrics/metric-lane';
import { queryLanes, type Span } from '@/lib/server/metrics/query-lanes';
import { type Report, toReport } from '@/lib/server/metrics/report';

/**
 * What processes said of themselves from one step to another, oldest first.
 * @throws {AppError} what DynamoDB answered
 */
export async function readReports(span: Span, requestId: string): Promise<Report[]> {
  const items = await queryLanes((atMs) => reportLane(span.step, atMs), span, requestId);
  return items.map(toReport);
}
