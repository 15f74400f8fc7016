/** What must never happen: something is gone, there twice, or a number does not equal the data. */
export const KINDS = ['lost', 'doubled', 'miscounted'] as const;

export type Finding = { kind: (typeof KINDS)[number]; count: number; text: string };

/** A finding where `count` is not zero. */
export function finding(kind: Finding['kind'], count: number, text: string): Finding[] {
  return count === 0 ? [] : [{ kind, count: Math.abs(count), text: `${kind} ${Math.abs(count)}: ${text}` }];
}

/** How often something was found in all. */
export function countOf(findings: Finding[], kind: Finding['kind']): number {
  return findings.filter((found) => found.kind === kind).reduce((sum, { count }) => sum + count, 0);
}
