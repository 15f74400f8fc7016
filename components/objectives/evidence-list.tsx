import type { Evidence } from '@/lib/shared/objective';

/** The numbers that a judgement rests on. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm max-sm:grid-cols-1">
      {evidence.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
