import { OUTCOME_LABELS, OUTCOME_TONES, valueText } from '@/components/consistency/consistency-labels';
import { Badge } from '@/components/ui/badge';
import type { RepairOutcome } from '@/lib/shared/consistency';

/** What came of each difference, or will. */
export function RepairOutcomes({ outcomes }: { outcomes: RepairOutcome[] }) {
  return (
    <ul aria-label="Repairs" className="flex flex-col divide-y divide-line">
      {outcomes.map(({ differenceId, target, outcome, message, before, after }) => (
        <li key={differenceId} className="flex flex-col gap-1 py-2">
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={OUTCOME_TONES[outcome]}>{OUTCOME_LABELS[outcome]}</Badge>
            <bdi className="break-all font-mono text-xs">{target}</bdi>
          </span>
          {(outcome === 'planned' || outcome === 'repaired') && (
            <span>
              From {valueText(before)} to {valueText(after)}
            </span>
          )}
          <span className="text-muted text-sm">{message}</span>
        </li>
      ))}
    </ul>
  );
}
