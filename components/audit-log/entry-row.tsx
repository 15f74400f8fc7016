'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { personName } from '@/components/audit-log/audit-labels';
import { BatchRows } from '@/components/audit-log/batch-rows';
import { EntryLink } from '@/components/audit-log/entry-link';
import { ENTRY_TARGET } from '@/components/audit-log/use-entry-keys';
import { Badge } from '@/components/ui/badge';
import { classNames } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import { countOf } from '@/components/ui/number-format';
import { Cell, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { AuditActor } from '@/lib/shared/audit-event';
import type { AuditEventEntry, AuditRowsEntry } from '@/lib/shared/audit-log';
import { auditSentence, resourcePath } from '@/lib/shared/audit-sentence';
import { requestPath } from '@/lib/shared/request';

export const COLUMNS = 6;

/** On a narrow screen a row is a card: its cells lie below each other. */
const CARD_ROW = 'max-sm:block max-sm:border-line max-sm:border-b max-sm:py-2';
const CARD_CELL = 'max-sm:block max-sm:h-auto! max-sm:border-0! max-sm:py-0.5!';

const TARGET_STYLE = 'rounded text-left hover:underline underline-offset-2';

type Shared = { people: Record<string, { name: string }>; timeZone: string; onOpen: (ref: string) => void };

/** One event: when, who, what, with what outcome, by which request. */
export function EventRow({ entry, people, timeZone, onOpen }: Shared & { entry: AuditEventEntry }) {
  const name = personName(entry.actor.id, people);
  const path = resourcePath(entry.resource);
  return (
    <TableRow className={CARD_ROW}>
      <Cell className={classNames('text-muted', CARD_CELL)}>
        <Time value={entry.time} timeZone={timeZone} precision="seconds" />
      </Cell>
      <ActorCell actor={entry.actor} name={name} />
      <Cell className={classNames('min-w-64', CARD_CELL)}>
        <button type="button" className={TARGET_STYLE} onClick={() => onOpen(entry.ref)} {...ENTRY_TARGET}>
          <bdi className="line-clamp-2 break-words">{auditSentence(entry, name)}</bdi>
        </button>
        {entry.reason && <span className="block break-words text-muted text-xs">“{entry.reason}”</span>}
      </Cell>
      <Cell className={CARD_CELL}>
        {path && <EntryLink href={path}>{TARGETS[entry.resource.kind]}</EntryLink>}
      </Cell>
      <Cell className={CARD_CELL}>
        <Badge tone={entry.outcome === 'success' ? 'success' : 'danger'}>
          {entry.outcome === 'success' ? 'Success' : (entry.code ?? 'Failure')}
        </Badge>
      </Cell>
      <RequestCell requestId={entry.requestId} />
    </TableRow>
  );
}

const TARGETS: Partial<Record<AuditEventEntry['resource']['kind'], string>> = {
  assignment: 'Assignment',
  batch: 'Batch',
  failed_item: 'Failed item',
  check: 'Check',
};

/** The rows of a batch as one line, which opens in its place. */
export function RowsRow({ entry, people, timeZone, onOpen }: Shared & { entry: AuditRowsEntry }) {
  const [isOpen, setIsOpen] = useState(false);
  const verb = entry.action === 'CREATE_ASSIGNMENT' ? 'created' : 'deleted';
  return (
    <>
      <TableRow className={CARD_ROW}>
        <Cell className={classNames('text-muted', CARD_CELL)}>
          <Time value={entry.lastTime} timeZone={timeZone} precision="seconds" />
        </Cell>
        <ActorCell actor={entry.actor} name={personName(entry.actor.id, people)} />
        <Cell className={classNames('min-w-64', CARD_CELL)}>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            className={classNames('flex items-start gap-1', TARGET_STYLE)}
            {...ENTRY_TARGET}
          >
            <ChevronRight
              aria-hidden
              className={classNames('mt-0.5 size-4 shrink-0 text-muted', isOpen && 'rotate-90')}
            />
            <bdi className="break-words">
              Batch {entry.fileName ?? entry.batchId} {verb} {countOf(entry.rows, 'assignment')}
            </bdi>
          </button>
        </Cell>
        <Cell className={CARD_CELL}>
          <EntryLink href={`/batches/${encodeURIComponent(entry.batchId)}`}>Batch</EntryLink>
        </Cell>
        <Cell className={CARD_CELL}>
          <Badge tone="success">Success</Badge>
        </Cell>
        <RequestCell requestId={entry.requestId} />
      </TableRow>
      {isOpen && (
        <tr className="max-sm:block">
          <td colSpan={COLUMNS} className="border-line border-b bg-sunken px-3 py-2 max-sm:block">
            <BatchRows entry={entry} onOpen={onOpen} />
          </td>
        </tr>
      )}
    </>
  );
}

function ActorCell({ actor, name }: { actor: AuditActor; name: string }) {
  return (
    <Cell className={classNames('whitespace-nowrap', CARD_CELL)}>
      <bdi>{name}</bdi>
      <span className="block text-muted text-xs max-sm:inline max-sm:before:content-['_']">{actor.role}</span>
    </Cell>
  );
}

function RequestCell({ requestId }: { requestId: string }) {
  return (
    <Cell className={CARD_CELL}>
      <span className="flex max-w-48 items-center gap-1 font-mono text-xs">
        <EntryLink href={requestPath(requestId)} isTruncated>
          {requestId}
        </EntryLink>
        <CopyButton text={requestId} label="Copy request ID" />
      </span>
    </Cell>
  );
}
