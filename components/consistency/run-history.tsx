import { runState, TRIGGER_LABELS } from '@/components/consistency/consistency-labels';
import { Badge } from '@/components/ui/badge';
import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { CheckRun } from '@/lib/shared/consistency';

type Props = { runs: CheckRun[]; shownRunId: string; onChoose: (runId: string) => void };

/** The latest checks, newest first; each can be shown. */
export function RunHistory({ runs, shownRunId, onChoose }: Props) {
  return (
    <Section title="Latest checks">
      <Table caption="Checks">
        <TableHead>
          <HeaderCell>Begun</HeaderCell>
          <HeaderCell>Result</HeaderCell>
          <HeaderCell align="end">Checked</HeaderCell>
          <HeaderCell align="end">Repaired</HeaderCell>
          <HeaderCell>How</HeaderCell>
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <Run key={run.runId} run={run} isShown={run.runId === shownRunId} onChoose={onChoose} />
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

type RunProps = { run: CheckRun; isShown: boolean; onChoose: Props['onChoose'] };

function Run({ run, isShown, onChoose }: RunProps) {
  const { label, tone } = runState(run);
  return (
    <TableRow>
      <RowHeaderCell>
        <button
          type="button"
          aria-pressed={isShown}
          onClick={() => onChoose(run.runId)}
          className="rounded underline underline-offset-2 aria-pressed:no-underline"
        >
          <Time value={run.createdAt} />
        </button>
      </RowHeaderCell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell align="end">{run.state === 'running' ? '–' : formatCount(run.checked)}</Cell>
      <Cell align="end">{formatCount(run.repaired)}</Cell>
      <Cell>
        {TRIGGER_LABELS[run.trigger]}
        {run.trigger === 'button' && <bdi className="text-muted">, {run.startedBy.name}</bdi>}
      </Cell>
    </TableRow>
  );
}
