import { valueText } from '@/components/consistency/consistency-labels';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
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
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useMay } from '@/lib/client/session-context';
import type { Page } from '@/lib/shared/api';
import { type CheckRun, type Difference, INVARIANT_TEXTS } from '@/lib/shared/consistency';

type Props = {
  page: Page<Difference>;
  run: CheckRun;
  isBusy: boolean;
  cursor: string;
  goToPage: (cursor: string | null) => void;
  onRepair: (differenceId: string) => void;
};

/** Every difference with both values, and its repair or why there is none. */
export function DifferenceList({ page, run, isBusy, cursor, goToPage, onRepair }: Props) {
  if (page.items.length === 0 && cursor === '') return null;
  return (
    <Section title="What differs">
      <div aria-busy={isBusy} className="flex flex-col gap-3 aria-busy:opacity-60">
        <Table caption="Differences">
          <TableHead>
            <HeaderCell>What</HeaderCell>
            <HeaderCell>Should be</HeaderCell>
            <HeaderCell>Is</HeaderCell>
            <HeaderCell>Repair</HeaderCell>
          </TableHead>
          <TableBody>
            {page.items.map((difference) => (
              <Row key={difference.differenceId} difference={difference} onRepair={onRepair} />
            ))}
          </TableBody>
        </Table>
        <Pagination
          label="Pages of differences"
          previousLabel="First page"
          onPrevious={cursor === '' ? undefined : () => goToPage(null)}
          onNext={page.cursor === null ? undefined : () => goToPage(page.cursor)}
        >
          {countOf(page.items.length, 'difference')} on this page, {formatCount(run.differences)} in all
        </Pagination>
      </div>
    </Section>
  );
}

type RowProps = { difference: Difference; onRepair: Props['onRepair'] };

function Row({ difference, onRepair }: RowProps) {
  const { invariant, target, expected, found } = difference;
  return (
    <TableRow>
      <RowHeaderCell className="min-w-56">
        {INVARIANT_TEXTS[invariant].title}
        <bdi className="block break-all font-mono font-normal text-xs">{target}</bdi>
      </RowHeaderCell>
      <Cell className="min-w-28">{valueText(expected)}</Cell>
      <Cell className="min-w-28">{valueText(found)}</Cell>
      <Cell className="min-w-64">
        <Remedy difference={difference} onRepair={onRepair} />
      </Cell>
    </TableRow>
  );
}

function Remedy({ difference, onRepair }: RowProps) {
  const mayRepair = useMay('consistency:repair');
  const { differenceId, target, state, repair, advice, repairedAt, repairedBy } = difference;
  if (state === 'repaired') {
    return (
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone="success">Repaired</Badge>
        <span className="text-muted">
          {repairedBy?.name} {repairedAt !== null && <Time value={repairedAt} />}
        </span>
      </span>
    );
  }
  if (repair === null) return <span className="text-muted">{advice}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-muted">{repair}.</span>
      {mayRepair && (
        <Button size="small" onClick={() => onRepair(differenceId)}>
          Repair<VisuallyHidden> {target}</VisuallyHidden>
        </Button>
      )}
    </span>
  );
}
