import type { Deeds } from '@/lib/server/rollbacks/plan-target';
import { walkDeeds } from '@/lib/server/rollbacks/walk-deeds';

/**
 * The IDs of the assignments that a person changed between two instants, each once, last change first.
 * @throws {AppError} what DynamoDB answered
 */
export async function* touchedAssignments(deeds: Deeds, requestId: string): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  for await (const events of walkDeeds(deeds, requestId)) {
    const fresh: string[] = [];
    for (const { resource } of events) {
      const { kind, assignmentId } = resource;
      if (kind !== 'assignment' || !assignmentId || seen.has(assignmentId)) continue;
      seen.add(assignmentId);
      fresh.push(assignmentId);
    }
    if (fresh.length > 0) yield fresh;
  }
}
