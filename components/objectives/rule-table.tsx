'use client';

import { useState } from 'react';
import { ruleLabel, SEVERITY_LABELS } from '@/components/objectives/objective-labels';
import { ReplayDialog } from '@/components/objectives/replay-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
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
import type { RuleState } from '@/lib/shared/objective';

/** Every rule, in an order that stays while they change. */
export function RuleTable({ rules }: { rules: readonly RuleState[] }) {
  const [replayed, setReplayed] = useState<RuleState | null>(null);
  return (
    <>
      <Table caption="What each rule says">
        <TableHead>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell>Now</HeaderCell>
          <HeaderCell>When bad</HeaderCell>
          <HeaderCell>What it says</HeaderCell>
          <HeaderCell>
            <VisuallyHidden>Replay</VisuallyHidden>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {rules.map((rule) => (
            <Row key={rule.ruleId} rule={rule} onReplay={() => setReplayed(rule)} />
          ))}
        </TableBody>
      </Table>
      {replayed && <ReplayDialog rule={replayed} onClose={() => setReplayed(null)} />}
    </>
  );
}

function Row({ rule, onReplay }: { rule: RuleState; onReplay: () => void }) {
  const { label, tone } = ruleLabel(rule);
  return (
    <TableRow>
      <RowHeaderCell className="min-w-48">{rule.title}</RowHeaderCell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell className="whitespace-nowrap">{SEVERITY_LABELS[rule.severity]}</Cell>
      <Cell className="min-w-64 text-muted">{rule.sentence}</Cell>
      <Cell align="end">
        <Button size="small" variant="ghost" onClick={onReplay}>
          Replay<VisuallyHidden> {rule.title}</VisuallyHidden>
        </Button>
      </Cell>
    </TableRow>
  );
}
