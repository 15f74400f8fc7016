import * as z from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { deedsOf } from '@/lib/server/rollbacks/deeds-of';
import { type Deeds, isDeedOf, planTarget, type TargetPlan } from '@/lib/server/rollbacks/plan-target';
import { readTarget, type Target } from '@/lib/server/rollbacks/read-target';
import { type Deed, walkDeeds } from '@/lib/server/rollbacks/walk-deeds';
import type { Page } from '@/lib/shared/api';
import { CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { RollbackTarget } from '@/lib/shared/rollback';

const cursorSchema = z.object({ before: z.string() });

/** How many events one page looks at: it may end short, with a cursor. */
const MOST_EXAMINED = 2000;

const READ_AT_ONCE = 25;

type Input = { actor: string; from: string; to: string; cursor?: string | undefined; limit: number };

/**
 * Lists the assignments that a person changed between two instants, last change first, each with what a rollback would
 * make of it at this moment.
 * @throws {AppError} NOT_FOUND for an unknown person, VALIDATION_ERROR for a foreign cursor, or what DynamoDB answered
 */
export async function listTargets(input: Input, requestId: string): Promise<Page<RollbackTarget>> {
  const { deeds } = await deedsOf(input, requestId);
  const before = input.cursor ? decodeCursor(input.cursor, cursorSchema).before : undefined;
  const items: RollbackTarget[] = [];
  let examined = 0;
  for await (const { eventKey, target } of targetsAt({ deeds, before, requestId })) {
    if (target) items.push(target);
    examined += 1;
    if (items.length >= input.limit || examined >= MOST_EXAMINED) {
      return { items, cursor: encodeCursor({ before: eventKey }) };
    }
  }
  return { items, cursor: null };
}

type Listing = { deeds: Deeds; before: string | undefined; requestId: string };

/** What stands at an event: its assignment, where this is the last deed that touched it, or nothing. */
type Place = { eventKey: string; target?: RollbackTarget };

async function* targetsAt(listing: Listing): AsyncGenerator<Place> {
  const { deeds, before, requestId } = listing;
  const seen = new Set<string>();
  for await (const slice of slicesOf(walkDeeds({ ...deeds, before }, requestId))) {
    yield* await Promise.all(slice.map((deed) => targetAt(deed, seen, listing)));
  }
}

async function targetAt({ eventKey, resource }: Deed, seen: Set<string>, listing: Listing): Promise<Place> {
  const { kind, assignmentId } = resource;
  if (kind !== 'assignment' || !assignmentId || seen.has(assignmentId)) return { eventKey };
  seen.add(assignmentId);
  const { deeds, before, requestId } = listing;
  const target = await readTarget(assignmentId, deeds.from, requestId);
  const last = target.history.find((event) => isDeedOf(event, deeds));
  // Its last change is newer than this page: an earlier page has shown it.
  if (before !== undefined && last && `${last.time}#${last.eventId}` >= before) return { eventKey };
  return { eventKey, target: toRollbackTarget(assignmentId, target, deeds) };
}

async function* slicesOf(walk: AsyncGenerator<Deed[]>): AsyncGenerator<Deed[]> {
  for await (const deeds of walk) {
    for (let at = 0; at < deeds.length; at += READ_AT_ONCE) yield deeds.slice(at, at + READ_AT_ONCE);
  }
}

function toRollbackTarget(assignmentId: string, target: Target, deeds: Deeds): RollbackTarget {
  const { current, history } = target;
  const plan = planTarget(target, deeds);
  const { title, courseId } = current ?? history[0]?.resource ?? { title: assignmentId, courseId: '' };
  return {
    assignmentId,
    title,
    courseId,
    step: plan.step,
    reason: plan.step === null ? plan.reason : null,
    isPartial: plan.isPartial,
    changes: changesOf(plan),
    changedAt: history.find((event) => isDeedOf(event, deeds))?.time ?? deeds.to,
  };
}

function changesOf(plan: TargetPlan): RollbackTarget['changes'] {
  if (plan.step === null || plan.step === 'delete') return [];
  const { before, after } = plan;
  return CONTENT_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    now: String(before[field] ?? ''),
    before: String(after[field] ?? ''),
  }));
}
