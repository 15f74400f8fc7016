import { EVENT_LABELS } from '@/components/alerts/alert-labels';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
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
import type { AlertEvent } from '@/lib/shared/alert';

/** What happened to alerts, newest first. */
export function AlertHistory({ history }: { history: readonly AlertEvent[] }) {
  if (history.length === 0) return <EmptyState title="No alert has fired yet" />;
  return (
    <Table caption="Changes of alerts">
      <TableHead>
        <HeaderCell>When</HeaderCell>
        <HeaderCell>What</HeaderCell>
        <HeaderCell>Alert</HeaderCell>
        <HeaderCell>Why</HeaderCell>
        <HeaderCell>Who</HeaderCell>
      </TableHead>
      <TableBody>
        {history.map(({ ruleId, kind, at, title, sentence, by }) => (
          <TableRow key={`${at} ${ruleId} ${kind}`}>
            <RowHeaderCell>
              <Time value={at} precision="seconds" />
            </RowHeaderCell>
            <Cell>
              <Badge tone={EVENT_LABELS[kind].tone}>{EVENT_LABELS[kind].label}</Badge>
            </Cell>
            <Cell>{title}</Cell>
            <Cell className="min-w-60 break-words">{sentence}</Cell>
            <Cell>{by === null ? '–' : <bdi>{by}</bdi>}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
