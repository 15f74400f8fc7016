import { Time } from '@/components/ui/time';
import type { AuditFilter } from '@/lib/shared/audit-log';

/** A filter in words, one line for each thing that it asks for. */
export function FilterFacts({ filter }: { filter: AuditFilter }) {
  const { actor, action, resource, requestId, code, outcome, batchId, from, to } = filter;
  const facts = [
    ['By', actor],
    ['What', action?.map((name) => name.toLowerCase().replaceAll('_', ' ')).join(', ')],
    ['About', resource],
    ['Request', requestId],
    ['Code', code],
    ['Outcome', outcome],
    ['Batch', batchId],
    ['From', from && <Time value={from} />],
    ['To', to && <Time value={to} />],
  ].flatMap(([name, value]) => (value ? [{ name: String(name), value }] : []));
  if (facts.length === 0) return <p>All events of the trail.</p>;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
