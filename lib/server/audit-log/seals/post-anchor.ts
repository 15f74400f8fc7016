import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import type { Seal } from '@/lib/shared/audit-seal';

const TIMEOUT_MS = 5000;

const posted = processState('postedAnchor', () => ({ hour: '' }));

/**
 * Tells a seal to whoever keeps anchors outside of the product (`AUDIT_ANCHOR_URL`). What was not accepted is told again in
 * the next round; being told twice harms nobody. It never fails.
 */
export async function postAnchor(seal: Seal, requestId: string): Promise<void> {
  if (!env.AUDIT_ANCHOR_URL || posted.hour >= seal.hour) return;
  try {
    const response = await fetch(env.AUDIT_ANCHOR_URL, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(seal),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    // Nobody reads what it says; the connection is free again.
    await response.body?.cancel();
    if (!response.ok) throw new Error(`It answered ${response.status}`);
    posted.hour = seal.hour;
  } catch (cause) {
    log.warn('anchor not accepted', { requestId, operation: 'postAnchor', hour: seal.hour, cause });
  }
}
