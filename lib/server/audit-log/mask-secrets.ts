import type { AuditChange, AuditValue } from '@/lib/shared/audit-event';

/** Field names of which the value is nobody's business, however they are spelled; rather one too many than one too few. */
const SECRET = /pass(word|phrase|code)|secret|token|credential|key/i;

const MASKED = '•••';

/** Changes of fields, those of secrets only as far as that they changed. */
export function maskSecrets(changes: Record<string, AuditChange>): Record<string, AuditChange> {
  return Object.fromEntries(
    Object.entries(changes).map(([field, change]) => [field, SECRET.test(field) ? masked(change) : change]),
  );
}

function masked({ before, after }: AuditChange): AuditChange {
  return { ...(before === undefined ? {} : { before: maskedValue(before) }), after: maskedValue(after) };
}

/** That there is none is no secret. */
function maskedValue(value: AuditValue): AuditValue {
  return value === null || value === '' ? value : MASKED;
}
