import type { Cause, RowRejectionCode } from '@/lib/shared/batch';

const MAX_CAUSES = 50;
const MAX_ROW_NUMBERS = 5;
const MAX_MESSAGE_LENGTH = 300;

type Rejected = { rowNumber: number; code: RowRejectionCode; field: string | null; message: string };

/** Groups rejected rows by code, field and message. What is beyond the first groups is counted by code and field only. */
export function causeTally() {
  const causes = new Map<string, Cause>();

  const causeOf = ({ code, field, message }: Rejected): Cause => {
    const text = message.slice(0, MAX_MESSAGE_LENGTH).toWellFormed();
    const key = `${code}\n${field}\n${text}`;
    const isKnown = causes.has(key) || causes.size < MAX_CAUSES;
    const cause = { outcome: 'rejected' as const, code, field, count: 0, rowNumbers: [] };
    if (isKnown) return upsert(causes, key, { ...cause, message: text });
    return upsert(causes, `${code}\n${field}`, { ...cause, message: 'Other problems of this kind' });
  };

  return {
    add(rejected: Rejected): void {
      const cause = causeOf(rejected);
      cause.count += 1;
      if (cause.rowNumbers.length < MAX_ROW_NUMBERS) cause.rowNumbers.push(rejected.rowNumber);
    },
    /** The causes, the most frequent first. */
    causes: (): Cause[] => [...causes.values()].sort((a, b) => b.count - a.count),
  };
}

function upsert(causes: Map<string, Cause>, key: string, fresh: Cause): Cause {
  const cause = causes.get(key) ?? fresh;
  causes.set(key, cause);
  return cause;
}
