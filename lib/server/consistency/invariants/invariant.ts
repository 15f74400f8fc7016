import type { Write } from '@/lib/server/batches/run/counted-transaction';
import type { AuditValue } from '@/lib/shared/audit-event';
import type { Difference, InvariantName } from '@/lib/shared/consistency';

/** Something for which a rule does not hold. */
export type Finding = Pick<Difference, 'target' | 'expected' | 'found' | 'repair' | 'advice'>;

/** From where on the next piece of a part is checked; `cursor` is null at its beginning. */
export type Piece = { cursor: string | null; segment: number; segments: number; requestId: string };

/** What a piece came to. `cursor` is null where it was the last; `read` is what it cost, in items. */
export type Checked = {
  cursor: string | null;
  checked: number;
  read: number;
  found: Finding[];
  unsettled: number;
};

/** A part of a check that one process does at a time. */
export type Part = {
  name: string;
  segment: number;
  segments: number;
  check: (piece: Piece) => Promise<Checked>;
};

/** `run` may happen any number of times; `writes` happen together with the end of the difference. */
type Repair = {
  kind: 'repair';
  before: AuditValue;
  after: AuditValue;
  run?: () => Promise<void>;
  writes: Write[];
};

/** What a repair would do at this moment. */
export type RepairPlan = Repair | { kind: 'gone' | 'changed' | 'not_repairable'; message: string };

/** A rule over the whole data. */
export type Invariant = {
  name: InvariantName;
  parts: Part[];
  plan: (difference: Difference, requestId: string) => Promise<RepairPlan>;
};

/** A part for each of `segments` segments of a table, which are checked beside each other. */
export function segmented(name: string, segments: number, check: Part['check']): Part[] {
  return Array.from({ length: segments }, (_, segment) => ({
    name: segments === 1 ? name : `${name}-${segment}`,
    segment,
    segments,
    check,
  }));
}
