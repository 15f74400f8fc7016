import { HELD_TTL, readHoldItem } from '@/lib/server/audit-log/legal-hold/hold-item';
import { createCache } from '@/lib/server/cache';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';

/** For so long a process may still write as before a hold was placed or released. */
export const HOLD_KNOWN_MS = 60_000;

const holds = createCache<{ isOn: boolean }>('legalHold', { max: 1, ttlMs: HOLD_KNOWN_MS });

const known = processState('legalHoldKnown', () => ({ isOn: false, askAgainAt: 0 }));

/** After a refusal the hold is not asked for again for so long. */
const ASK_AGAIN_MS = 5000;

/**
 * An item as it is to be stored: while a hold is on, it does not expire. A write waits for no retries: where the hold
 * cannot be read, the last one known counts, and the walk of the hold mends what differs.
 */
export async function underHold<Item extends { ttl: number }>(item: Item, requestId: string): Promise<Item> {
  return (await isHeld(requestId)) ? { ...item, ttl: HELD_TTL } : item;
}

/** Makes this process read the hold again. */
export function forgetHold(): void {
  holds.clear();
}

async function isHeld(requestId: string): Promise<boolean> {
  if (Date.now() < known.askAgainAt) return known.isOn;
  try {
    const { isOn } = await holds.read('hold', async () => ({
      isOn: (await readHoldItem(requestId, 0))?.isOn ?? false,
    }));
    known.isOn = isOn;
  } catch (thrown) {
    known.askAgainAt = Date.now() + ASK_AGAIN_MS;
    const { code, message } = classifyError(thrown);
    log.warn('legal hold not read', { requestId, operation: 'underHold', code, reason: message });
  }
  return known.isOn;
}
