import { BASIS_TEXT, flowSentence, rateText } from '@/components/flow/flow-words';
import { Callout } from '@/components/ui/callout';
import { countOf, formatCount } from '@/components/ui/number-format';
import { StatList } from '@/components/ui/stat-list';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import type { TableFlow } from '@/lib/shared/flow';

/** The flow to one table: a sentence, the numbers behind it, and who shares the capacity. */
export function TableFlowCard({ flow }: { flow: TableFlow }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="text-sm">
        <span className="font-medium">{flow.table}</span>: <span role="status">{flowSentence(flow)}</span>
      </p>
      {flow.isAlone && (
        <Callout tone="warning" title="This process goes on alone">
          The store of the shares does not answer, which stops no write.
        </Callout>
      )}
      <StatList stats={statsOf(flow)} />
      <Members flow={flow} />
    </div>
  );
}

const statsOf = (flow: TableFlow) => [
  { label: 'Capacity believed', value: rateText(flow.capacity), detail: BASIS_TEXT[flow.basis] },
  {
    label: 'Batches may write',
    value: rateText(flow.unitsPerSecond),
    detail: flow.arePeopleActive ? 'a tenth kept free' : 'people are not writing',
  },
  {
    label: 'Calls in flight',
    value: `${flow.inFlight} of ${flow.mostInFlight}`,
    detail: `${countOf(flow.waiting, 'call')} waiting`,
  },
  {
    label: 'Burst left',
    value: flow.capacity === null ? '–' : formatCount(Math.round(flow.savedUnits)),
    detail: 'units saved up, as believed',
  },
  {
    label: 'People / batches',
    value: `${formatCount(flow.peopleUnits)} / ${formatCount(flow.workUnits)}`,
    detail: 'units written since the start',
  },
];

function Members({ flow: { members, table } }: { flow: TableFlow }) {
  if (members.length === 0) {
    return <p className="text-muted text-sm">No process has asked for a share of the capacity lately.</p>;
  }
  return (
    <Table caption={`Processes that share the capacity of ${table}`}>
      <TableHead>
        <HeaderCell>Process</HeaderCell>
        <HeaderCell align="end">Its share</HeaderCell>
      </TableHead>
      <TableBody>
        {members.map(({ id, unitsPerSecond, isOwn }) => (
          <TableRow key={id}>
            <RowHeaderCell>
              {id}
              {isOwn && ' (this process)'}
            </RowHeaderCell>
            <Cell align="end">{unitsPerSecond === 0 ? 'No limit yet' : rateText(unitsPerSecond)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
