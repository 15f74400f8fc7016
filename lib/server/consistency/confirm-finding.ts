import type { Finding } from '@/lib/server/consistency/invariants/invariant';

/** Time between two looks: longer than an index of DynamoDB usually lags behind. */
const PAUSE_MS = 1000;

/** How often something that changes is looked at again. */
const MOST_LOOKS = 6;

/** Targets looked at beside each other. */
const BESIDE = 5;

/** Undefined where all is well; `moving` where it changed while it was looked at, so that nothing can be said. */
export type Look = () => Promise<Finding | 'moving' | undefined>;

/**
 * Looks until a difference was met twice with the same values, or is gone: what is on its way while the system runs is no
 * difference. `moving` where it changed at every look.
 */
async function confirmFinding(look: Look): Promise<Finding | 'moving' | undefined> {
  let last = await look();
  for (let looks = 1; last !== undefined && looks < MOST_LOOKS; looks++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const next = await look();
    if (typeof next === 'object' && typeof last === 'object' && isSame(last, next)) return next;
    last = next;
  }
  return last === undefined ? undefined : 'moving';
}

/** Numbers that both grow while the system runs are the same difference as long as they are as far apart. */
function isSame(first: Finding, second: Finding): boolean {
  const offsets = [first, second].map(({ expected, found }) =>
    typeof expected === 'number' && typeof found === 'number' ? found - expected : [expected, found],
  );
  return JSON.stringify(offsets[0]) === JSON.stringify(offsets[1]);
}

/** Confirms what looking at each of these finds. */
export async function confirmFindings(looks: Look[]): Promise<{ found: Finding[]; unsettled: number }> {
  const results: (Finding | 'moving' | undefined)[] = [];
  for (let start = 0; start < looks.length; start += BESIDE) {
    results.push(...(await Promise.all(looks.slice(start, start + BESIDE).map(confirmFinding))));
  }
  return {
    found: results.flatMap((result) => (typeof result === 'object' ? [result] : [])),
    unsettled: results.filter((result) => result === 'moving').length,
  };
}
