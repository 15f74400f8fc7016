import { ruleState } from '@/components/consistency/consistency-labels';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
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
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useMay } from '@/lib/client/session-context';
import { INVARIANT_TEXTS, type InvariantName, type InvariantProgress } from '@/lib/shared/consistency';

type Props = { invariants: InvariantProgress[]; onRepair: (invariant: InvariantName) => void };

/** Each rule in a sentence, how much of it was checked, and whether it holds. */
export function RuleList({ invariants, onRepair }: Props) {
  const mayRepair = useMay('consistency:repair');
  return (
    <Section title="What is checked">
      <Table caption="Rules">
        <TableHead>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell align="end">Checked</HeaderCell>
          {mayRepair && (
            <HeaderCell>
              <VisuallyHidden>Actions</VisuallyHidden>
            </HeaderCell>
          )}
        </TableHead>
        <TableBody>
          {invariants.map((progress) => (
            <Rule key={progress.invariant} progress={progress} mayRepair={mayRepair} onRepair={onRepair} />
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

type RuleProps = { progress: InvariantProgress; mayRepair: boolean; onRepair: Props['onRepair'] };

function Rule({ progress, mayRepair, onRepair }: RuleProps) {
  const { invariant, checked, differences, problem } = progress;
  const { title, rule } = INVARIANT_TEXTS[invariant];
  const { label, tone } = ruleState(progress);
  return (
    <TableRow>
      <RowHeaderCell className="min-w-64">
        {title}
        <span className="block font-normal text-muted">{rule}</span>
        {problem !== null && <span className="block font-normal text-warning">Waiting: {problem}</span>}
      </RowHeaderCell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell align="end">{formatCount(checked)}</Cell>
      {mayRepair && (
        <Cell align="end">
          {differences > 0 && (
            <Button size="small" onClick={() => onRepair(invariant)}>
              Repair all<VisuallyHidden> of {title}</VisuallyHidden>
            </Button>
          )}
        </Cell>
      )}
    </TableRow>
  );
}
