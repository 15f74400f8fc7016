import type { LogLine } from '@/lib/shared/request';

/** Names of fields whose value is nobody's business, however they are spelled; rather one too many than one too few. */
const SECRET = /pass(word|phrase|code)|secret|token|credential|cookie|authorization|email|session|^ip$/i;

const EMAIL = /([^\s@"'<>(),;:])[^\s@"'<>(),;:]*(@[\w-]+(?:\.[\w-]+)+)/g;

const LIMITS = { facts: 30, textLength: 500, depth: 3 } as const;

/** The fields of a log line as they are kept: flat, short, and without secrets and clear emails. */
export function redactedFacts(fields: Record<string, unknown>): LogLine['facts'] {
  const facts = Object.entries(fields).flatMap(([name, value]) => factsOf(name, value, 1));
  return Object.fromEntries(facts.slice(0, LIMITS.facts));
}

type Fact = [string, string | number | boolean];

function factsOf(name: string, value: unknown, depth: number): Fact[] {
  if (value === undefined || value === null) return [];
  if (SECRET.test(name.slice(name.lastIndexOf('.') + 1))) return [[name, '[redacted]']];
  if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
  if (value instanceof Error) return [[name, shortText(`${value.name}: ${value.message}`)]];
  if (typeof value !== 'object') return [[name, shortText(String(value))]];
  if (depth === LIMITS.depth) return [];
  return Object.entries(value).flatMap(([part, inner]) => factsOf(`${name}.${part}`, inner, depth + 1));
}

/** "ada.min@example.edu" becomes "a•••@example.edu", as the audit trail masks it. */
function shortText(text: string): string {
  const masked = text.slice(0, LIMITS.textLength).replace(EMAIL, '$1•••$2');
  return text.length > LIMITS.textLength ? `${masked}…` : masked;
}
