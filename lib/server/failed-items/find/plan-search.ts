import { type Bucket, bucketKeys, bucketOf, groupKeys } from '@/lib/server/failed-items/failed-item';
import { batchOrigin, type FailedItemKey, undoName } from '@/lib/server/failed-items/failed-item-key';
import type { Search } from '@/lib/server/failed-items/find/search';
import { readSearchText, type SearchText } from '@/lib/server/failed-items/find/search-text';

/** A partition of the table or of an index, in the order of its sort key. */
export type Partition = { index?: 'byBucket' | 'byGroup'; hash: string; value: string };

/** Where the items of a search lie: at one key, or in partitions that are read beside each other by `sortKey`. */
export type SearchPlan = { key: FailedItemKey } | { partitions: Partition[]; sortKey: 'timeKey' | 'itemKey' };

const BUCKETS = ['unresolved', 'succeeded', 'discarded'] as const satisfies readonly Bucket[];

/** The narrowest place to look: one item, a batch in the order of its file, one cause, or everything by time. */
export function planSearch(search: Search): SearchPlan {
  const text: SearchText | undefined = search.q === undefined ? undefined : readSearchText(search.q);
  if (text?.kind === 'item') return { key: text.key };
  const batchId = search.batchId ?? (text?.kind === 'batch' ? text.batchId : undefined);
  if (batchId !== undefined) return ofBatch(batchId);
  const buckets = bucketsOf(search);
  const { fingerprint } = search;
  if (fingerprint !== undefined) {
    return {
      partitions: buckets.flatMap((bucket) =>
        groupKeys(fingerprint, bucket).map((value) => ({
          index: 'byGroup' as const,
          hash: 'groupKey',
          value,
        })),
      ),
      sortKey: 'timeKey',
    };
  }
  return {
    partitions: buckets.flatMap((bucket) =>
      bucketKeys(bucket).map((value) => ({ index: 'byBucket' as const, hash: 'bucketKey', value })),
    ),
    sortKey: 'timeKey',
  };
}

/** Rows of all states lie together there, and the undo of the batch beside them. */
function ofBatch(batchId: string): SearchPlan {
  const origins = [batchOrigin(batchId), undoName(batchId).origin];
  const partitions = origins.map((value) => ({ hash: 'origin', value }));
  return { partitions, sortKey: 'itemKey' };
}

function bucketsOf({ state }: Search): readonly Bucket[] {
  if (state === 'any') return BUCKETS;
  return [state === 'unresolved' ? 'unresolved' : bucketOf(state)];
}
