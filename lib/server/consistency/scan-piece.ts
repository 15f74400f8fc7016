import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Piece } from '@/lib/server/consistency/invariants/invariant';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

type Item = Record<string, unknown>;

const keySchema = z.record(z.string(), z.string());

/** The key after which a piece begins. */
export function startKeyOf(cursor: string | null): Record<string, string> | undefined {
  return cursor === null ? undefined : keySchema.parse(JSON.parse(cursor));
}

/** The cursor of the piece that follows. */
export function cursorAfter(key: Item | undefined): string | null {
  return key ? JSON.stringify(key) : null;
}

/**
 * Reads the next items of a segment of a whole table, strongly consistent. Only checks scan; no page ever waits for one.
 * @returns `read`: how many items were looked at
 * @throws {AppError} what DynamoDB answered
 */
export async function scanPiece(
  scan: ScanCommandInput,
  { cursor, segment, segments, requestId }: Piece,
): Promise<{ items: Item[]; cursor: string | null; read: number }> {
  const command = new ScanCommand({
    ...scan,
    Segment: segment,
    TotalSegments: segments,
    ConsistentRead: true,
    ExclusiveStartKey: startKeyOf(cursor),
  });
  const page = await withRetry(() => documentClient.send(command), {
    operation: 'scanForCheck',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return {
    items: page.Items ?? [],
    cursor: cursorAfter(page.LastEvaluatedKey),
    read: page.ScannedCount ?? 0,
  };
}
