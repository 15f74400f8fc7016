import { randomUUID } from 'node:crypto';
import { changeResponse } from '@/lib/server/alerts/responses/change-response';
import type { ResponseItem } from '@/lib/server/alerts/responses/response-item';
import { SYSTEM } from '@/lib/shared/audit-event';

type Beginning = Partial<Pick<ResponseItem, 'targets' | 'batchId'>> & { sentence: string };

/**
 * Begins a run of a response, with its audit event.
 * @returns the response afterwards; undefined where somebody else was quicker
 */
export function beginResponse(
  before: ResponseItem,
  { sentence, targets = [], batchId = null }: Beginning,
  requestId: string,
): Promise<ResponseItem | undefined> {
  const since = new Date().toISOString();
  const set = { isActive: true, run: `run_${randomUUID()}`, since, sentence, targets, batchId };
  const changes = { isActive: { before: false, after: true } };
  const audited = { action: 'START_RESPONSE' as const, changes, author: SYSTEM, reason: sentence };
  return changeResponse(before, set, { audited, requestId });
}

/** Ends the run of a response, with its audit event. What it did last stays in its sentence. */
export function endResponse(
  before: ResponseItem,
  sentence: string,
  requestId: string,
): Promise<ResponseItem | undefined> {
  const set = { isActive: false, run: null, since: null, sentence, targets: [], waitingSince: null };
  const changes = { isActive: { before: true, after: false } };
  const audited = { action: 'END_RESPONSE' as const, changes, author: SYSTEM, reason: sentence };
  return changeResponse(before, set, { audited, requestId });
}
