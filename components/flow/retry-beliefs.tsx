import { choiceText, POLICY_TEXT } from '@/components/flow/flow-words';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount, formatShare } from '@/components/ui/number-format';
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
import type { Flow, RetryBelief } from '@/lib/shared/flow';

/** What is known of retries, by table and throttle reason, and which wait follows from it. */
export function RetryBeliefs({ flow: { policy, retries } }: { flow: Flow }) {
  return (
    <Section title="Waits before retries" description={POLICY_TEXT[policy]}>
      {retries.length === 0 && (
        <EmptyState title="No retry yet">
          This process has not had to retry a throttled call since it started.
        </EmptyState>
      )}
      {retries.map((belief) => (
        <div key={`${belief.table} ${belief.reason}`} className="flex min-w-0 flex-col gap-2">
          <p className="text-sm">
            <span className="font-medium">{belief.table}</span>, {belief.reason}: {choiceText(belief, policy)}
          </p>
          <Disclosure summary="Show what each wait has led to" isQuiet>
            <Waits belief={belief} />
          </Disclosure>
        </div>
      ))}
    </Section>
  );
}

function Waits({ belief: { table, reason, waits, chosenMs } }: { belief: RetryBelief }) {
  return (
    <Table caption={`Retries on ${table} after ${reason}, by wait`}>
      <TableHead>
        <HeaderCell>Wait</HeaderCell>
        <HeaderCell align="end">Outcomes</HeaderCell>
        <HeaderCell align="end">Chance of success</HeaderCell>
        <HeaderCell align="end">Cost to expect</HeaderCell>
      </TableHead>
      <TableBody>
        {waits.map(({ waitMs, outcomes, chance, costMs }) => (
          <TableRow key={waitMs}>
            <RowHeaderCell>
              {formatCount(waitMs)} ms{waitMs === chosenMs && ' (chosen)'}
            </RowHeaderCell>
            <Cell align="end">{formatCount(Math.round(outcomes))}</Cell>
            <Cell align="end">{formatShare(chance)}</Cell>
            <Cell align="end">{formatCount(Math.round(costMs))} ms</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
