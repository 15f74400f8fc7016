import { rangeOf } from '@/lib/server/metrics/metrics-range';
import { readPoints, type StoredPoint } from '@/lib/server/metrics/read-points';
import type { Exemplar, ExemplarsQuery, Series } from '@/lib/shared/metrics';

/** More than anybody looks at. */
const MOST = 100;

/**
 * Requests that stand for what was counted in a range, newest first: of one bucket, of one code, or of all.
 * @throws {AppError} VALIDATION_ERROR for a range that is wrong; what DynamoDB answered
 */
export async function listExemplars(
  { series, bucket, code, from, to }: ExemplarsQuery,
  requestId: string,
): Promise<{ exemplars: Exemplar[] }> {
  const range = rangeOf({ series: [series], from, to }, Date.now());
  const points = [...(await readPoints(series, range, requestId)).values()];
  const isAll = bucket === undefined && code === undefined;
  const exemplars = points
    .reverse()
    .flatMap((point) => exemplarsOf(series, point))
    .filter(
      (exemplar) => isAll || ((bucket ?? null) === exemplar.bucket && (code ?? null) === exemplar.code),
    );
  return { exemplars: exemplars.slice(0, MOST) };
}

function exemplarsOf(series: Series, { atMs, counts }: StoredPoint): Exemplar[] {
  const at = new Date(atMs).toISOString();
  return [
    ...Object.entries(counts.codeExemplars).map(([code, requestId]) => ({
      ...{ series, at, requestId, code },
      bucket: null,
    })),
    ...Object.entries(counts.bucketExemplars).map(([bucket, requestId]) => ({
      ...{ series, at, requestId, bucket: Number(bucket) },
      code: null,
    })),
  ];
}
