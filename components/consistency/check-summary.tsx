import { runState, TRIGGER_LABELS } from '@/components/consistency/consistency-labels';
import { Callout } from '@/components/ui/callout';
import { countOf, formatCount, formatDuration } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { StatList } from '@/components/ui/stat-list';
import { Time } from '@/components/ui/time';
import type { CheckRun, InvariantProgress } from '@/lib/shared/consistency';

type Props = { run: CheckRun; invariants: InvariantProgress[] };

/** The result of a check in a sentence, and its numbers; while it is at work, how far it is. */
export function CheckSummary({ run, invariants }: Props) {
  return (
    <div className="flex flex-col gap-3">
      {run.state === 'running' ? <Progress invariants={invariants} /> : <Result run={run} />}
      <StatList
        stats={[
          { label: 'Checked', value: formatCount(run.checked) },
          { label: 'Differences', value: formatCount(run.differences) },
          { label: 'Repaired', value: formatCount(run.repaired) },
          {
            label: TRIGGER_LABELS[run.trigger],
            value: <Time value={run.createdAt} />,
            detail: startedText(run),
          },
        ]}
      />
    </div>
  );
}

function startedText({ trigger, startedBy, createdAt, finishedAt }: CheckRun): string {
  const who = trigger === 'button' ? `${startedBy.name}, ` : '';
  if (finishedAt === null) return `${who}still running`;
  return `${who}took ${formatDuration((Date.parse(finishedAt) - Date.parse(createdAt)) / 1000)}`;
}

function Progress({ invariants }: Pick<Props, 'invariants'>) {
  const total = invariants.reduce((sum, { parts }) => sum + parts, 0);
  const done = invariants.reduce((sum, { partsDone }) => sum + partsDone, 0);
  const text = `${formatCount(done)} of ${countOf(total, 'part')} checked`;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm">{text}. People can work on meanwhile.</p>
      <ProgressBar
        label="Progress of the check"
        parts={[{ label: 'checked', value: done, tone: 'info' }]}
        total={total}
        valueText={text}
      />
    </div>
  );
}

function Result({ run }: Pick<Props, 'run'>) {
  const { label, tone } = runState(run);
  const unsettled =
    run.unsettled > 0
      ? ` ${countOf(run.unsettled, 'thing')} changed at every look, so nothing can be said about it.`
      : '';
  return (
    <Callout tone={run.unsettled > 0 && tone === 'success' ? 'warning' : tone} title={label} role="status">
      {sentenceOf(run)}
      {unsettled}
    </Callout>
  );
}

function sentenceOf({ differences, repaired }: CheckRun): string {
  if (differences === 0) return 'Every rule holds.';
  if (repaired >= differences) return 'Check again to prove it.';
  return 'Each is listed below, with what it should be and what it is.';
}
