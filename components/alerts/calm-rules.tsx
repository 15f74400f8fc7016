'use client';

import { useState } from 'react';
import { SEVERITY_LABELS, STATE_LABELS } from '@/components/alerts/alert-labels';
import { SilenceDialog } from '@/components/alerts/silence-dialog';
import { useSilenceDraft } from '@/components/alerts/use-silence-draft';
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
import { Time } from '@/components/ui/time';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useMay } from '@/lib/client/session-context';
import type { Alert } from '@/lib/shared/alert';

/** Rules that do not fire. They can be silenced before work that is planned. */
export function CalmRules({ alerts }: { alerts: readonly Alert[] }) {
  const mayHandle = useMay('alert:handle');
  return (
    <Table caption="Calm rules">
      <TableHead>
        <HeaderCell>Rule</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Since</HeaderCell>
        <HeaderCell>Look</HeaderCell>
        <HeaderCell>Silenced until</HeaderCell>
        {mayHandle && (
          <HeaderCell>
            <VisuallyHidden>Actions</VisuallyHidden>
          </HeaderCell>
        )}
      </TableHead>
      <TableBody>
        {alerts.map((alert) => (
          <CalmRule key={alert.ruleId} alert={alert} mayHandle={mayHandle} />
        ))}
      </TableBody>
    </Table>
  );
}

function CalmRule({ alert, mayHandle }: { alert: Alert; mayHandle: boolean }) {
  const [isSilencing, setIsSilencing] = useState(false);
  const draft = useSilenceDraft();
  const { title, state, isKnown, since, severity, silence } = alert;
  const { label, tone } = STATE_LABELS[state];
  return (
    <TableRow>
      <RowHeaderCell className="min-w-44">{title}</RowHeaderCell>
      <Cell>{isKnown ? <Badge tone={tone}>{label}</Badge> : <Badge>Too little is known</Badge>}</Cell>
      <Cell>
        <Time value={since} />
      </Cell>
      <Cell>{SEVERITY_LABELS[severity]}</Cell>
      <Cell>{silence ? <Time value={silence.until} /> : '–'}</Cell>
      {mayHandle && (
        <Cell align="end">
          <Button size="small" variant="ghost" onClick={() => setIsSilencing(true)}>
            Silence…<VisuallyHidden> {title}</VisuallyHidden>
          </Button>
          {isSilencing && <SilenceDialog alert={alert} draft={draft} onClose={() => setIsSilencing(false)} />}
        </Cell>
      )}
    </TableRow>
  );
}
