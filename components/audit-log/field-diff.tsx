import { formatCount } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import type { AuditChange, AuditValue } from '@/lib/shared/audit-event';
import { FIELD_LABELS, isFieldName } from '@/lib/shared/field-labels';

type Props = { changes: Record<string, AuditChange>; timeZone: string };

const DATES = new Set(['availableFrom', 'dueAt', 'availableUntil']);

/** The fields of a change, before and after. */
export function FieldDiff({ changes, timeZone }: Props) {
  const fields = inOrder(Object.entries(changes));
  if (fields.length === 0) return null;
  const value = (field: string, side: AuditValue) => (
    <Value value={side} timeZone={timeZone} isDate={DATES.has(field)} />
  );
  return (
    <section aria-label="Changes" className="rounded-lg border border-line bg-sunken px-4 py-3 text-sm">
      <h3 className="font-medium">Changes</h3>
      <dl className="mt-1 flex flex-col gap-1">
        {fields.map(([field, { before, after }]) => (
          <div key={field} className="grid grid-cols-1 gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <dt className="text-muted">{isFieldName(field) ? FIELD_LABELS[field] : field}</dt>
            <dd className="min-w-0 break-words">
              {before !== undefined && (
                <>
                  <del className="text-muted">{value(field, before)}</del>
                  <span aria-hidden> → </span>
                </>
              )}
              <ins className="no-underline">{value(field, after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const ORDER: readonly string[] = Object.keys(FIELD_LABELS);

/** Fields in the order of the form; others as they come, behind them. */
function inOrder<Entry extends [string, unknown]>(fields: readonly Entry[]): Entry[] {
  const place = (field: string) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);
  return fields.toSorted(([a], [b]) => place(a) - place(b));
}

type ValueProps = { value: AuditValue; timeZone: string; isDate: boolean };

function Value({ value, timeZone, isDate }: ValueProps) {
  if (value === null || value === '') return <span className="text-muted">none</span>;
  if (typeof value === 'object') {
    return (
      <>
        <bdi className="whitespace-pre-line">{value.excerpt}</bdi>… ({formatCount(value.length)} characters)
      </>
    );
  }
  if (isDate) return <Time value={String(value)} timeZone={timeZone} hasZone />;
  return <bdi className="whitespace-pre-line">{String(value)}</bdi>;
}
