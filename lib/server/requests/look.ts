import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import type { Look, RequestPlace } from '@/lib/shared/request';

/** Collects what looking in each place came to. A place that fails says so, and the others are still shown. */
export function newLooks(requestId: string) {
  const looks: Look[] = [];

  /** What `read` finds, or `nothing` where it fails. */
  async function at<Found>(
    place: RequestPlace,
    nothing: Found,
    { read, count }: { read: () => Promise<Found>; count: (found: Found) => number },
  ): Promise<Found> {
    try {
      const found = await read();
      looks.push({ place, found: count(found), problem: null });
      return found;
    } catch (thrown) {
      const { code, message } = classifyError(thrown);
      log.warn('place not read', { requestId, operation: 'readRequest', place, code, reason: message });
      looks.push({ place, found: 0, problem: `${code}: ${message}` });
      return nothing;
    }
  }

  /** The things that `read` finds, none where it fails. */
  function listAt<Thing>(place: RequestPlace, read: () => Promise<Thing[]>): Promise<Thing[]> {
    return at<Thing[]>(place, [], { read, count: (things) => things.length });
  }

  return { looks, at, listAt };
}
