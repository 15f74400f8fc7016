import { countGaps } from '@/lib/server/audit-log/gaps/count-gaps';
import { createCache } from '@/lib/server/cache';
import type { AuditGaps } from '@/lib/shared/audit-log';

/** Everybody who has the page open asks every few seconds. */
const gaps = createCache<AuditGaps>('auditGaps', { max: 1, ttlMs: 3000 });

/**
 * The events that the audit table has not taken yet, as counted at most three seconds ago.
 * @throws {AppError} what DynamoDB answered
 */
export function readGaps(requestId: string): Promise<AuditGaps> {
  return gaps.read('gaps', () => countGaps(requestId));
}
