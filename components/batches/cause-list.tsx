import { Badge } from '@/components/ui/badge';
import { countOf, formatCount } from '@/components/ui/number-format';
import type { Cause } from '@/lib/shared/batch';
import { fieldLabel } from '@/lib/shared/field-labels';

const TONES = { rejected: 'warning', failed: 'danger', skipped: 'warning' } as const;

/** Rows that were not created, grouped by why, with the first row numbers as in the person's file. */
export function CauseList({ causes, noun = 'row' }: { causes: readonly Cause[]; noun?: string }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
      {causes.map((cause) => (
        <CauseEntry
          key={`${cause.outcome} ${cause.code} ${cause.field} ${cause.message}`}
          cause={cause}
          noun={noun}
        />
      ))}
    </ul>
  );
}

function CauseEntry({ cause, noun }: { cause: Cause; noun: string }) {
  const { outcome, code, field, message, count } = cause;
  return (
    <li className="flex flex-col gap-0.5 px-4 py-2.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium tabular-nums">{countOf(count, noun)}</span>
        <Badge tone={TONES[outcome]}>{outcome}</Badge>
        <code className="font-mono text-muted text-xs">{code}</code>
        {field && <span className="text-muted">in {fieldLabel(field)}</span>}
      </p>
      <p className="break-words">{message}</p>
      <RowNumbers cause={cause} />
    </li>
  );
}

function RowNumbers({ cause: { rowNumbers, count } }: { cause: Cause }) {
  if (rowNumbers.length === 0) return null;
  const rest = count - rowNumbers.length;
  return (
    <p className="text-muted tabular-nums">
      {rowNumbers.length === 1 ? 'Row ' : 'Rows '}
      {rowNumbers.map(formatCount).join('; ')}
      {rest > 0 && ` and ${formatCount(rest)} more`}
    </p>
  );
}
