'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import {
  assignmentPath,
  batchPath,
  CLASS_LABELS,
  KIND_LABELS,
} from '@/components/failed-items/failed-item-labels';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { useMay } from '@/lib/client/session-context';
import type { FailedItemDetail } from '@/lib/shared/failed-item';
import { fieldLabel } from '@/lib/shared/field-labels';
import { requestPath } from '@/lib/shared/request';

/** Every stored fact of a failed item, and the ways to what belongs to it. */
export function FailedItemFacts({ item }: { item: FailedItemDetail }) {
  const mayReadTrail = useMay('audit:read');
  const { kind, reason, resource, field, batchId, rowNumber, actor, assignmentId, target } = item;
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
      <Fact label="Kind">{KIND_LABELS[kind]}</Fact>
      <Fact label="Code">
        <code className="font-mono text-xs">{item.code}</code>
        <span className="text-muted">, {classLabel(item.class)}</span>
      </Fact>
      {reason && <Fact label="Reason">{reason}</Fact>}
      {resource && <Fact label="Refused by">{resource}</Fact>}
      {field && <Fact label="Field">{fieldLabel(field)}</Fact>}
      {batchId && (
        <Fact label="Batch">
          <InternalLink href={batchPath(batchId)}>{batchId}</InternalLink>
          <span className="mt-1 block">
            <InternalLink href={`/failed-items?${new URLSearchParams({ batchId })}`}>
              All failed items of it
            </InternalLink>
          </span>
        </Fact>
      )}
      {rowNumber !== null && <Fact label="Row">{formatCount(rowNumber)}</Fact>}
      {assignmentId && (
        <Fact label="Assignment">
          {target ? (
            <InternalLink href={assignmentPath(assignmentId)}>Open it and its history</InternalLink>
          ) : (
            <span className="text-muted">Not written</span>
          )}
          <Identifier value={assignmentId} label="Copy assignment ID" />
        </Fact>
      )}
      <Fact label="First failed">
        <Time value={item.firstAt} />
      </Fact>
      <Fact label="Last attempt">
        <Time value={item.lastAt} />
      </Fact>
      <Fact label="Sent by">
        {actor.role}, {actor.department}
        <span className="block break-all text-muted text-xs">{actor.id}</span>
      </Fact>
      <Fact label="Item ID">
        <Identifier value={item.id} label="Copy item ID" />
      </Fact>
      <Fact label="Request ID">
        <Identifier value={item.requestId} label="Copy request ID" />
        <InternalLink href={requestPath(item.requestId)}>What this request did</InternalLink>
      </Fact>
      <Fact label="Version">{item.version}</Fact>
      {mayReadTrail && (
        <Fact label="History">
          <InternalLink href={`/audit-log?${new URLSearchParams({ resource: `failed_item:${item.id}` })}`}>
            In the audit trail
          </InternalLink>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 px-4 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function InternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-block min-h-6 break-all text-accent leading-6 underline underline-offset-2"
    >
      {children}
    </Link>
  );
}

function Identifier({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 break-all font-mono text-xs leading-6">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}

function classLabel(errorClass: string): string {
  const known = Object.entries(CLASS_LABELS).find(([name]) => name === errorClass);
  return (known?.[1] ?? errorClass).toLowerCase();
}
