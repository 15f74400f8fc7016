'use client';

import { GroupEntry } from '@/components/failed-items/group-entry';
import type { Triage } from '@/components/failed-items/use-triage';
import type { FailedItemGroup } from '@/lib/shared/failed-item';

/** The causes, one below the other; the rows of one of them are open at a time. */
export function GroupList({ triage, groups }: { triage: Triage; groups: readonly FailedItemGroup[] }) {
  return (
    <ol aria-label="Causes" className="flex flex-col gap-3">
      {groups.map((group) => (
        <GroupEntry key={group.fingerprint} group={group} triage={triage} />
      ))}
    </ol>
  );
}
