'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FilterFacts } from '@/components/audit-trust/filter-facts';
import { useUrlFilter } from '@/components/audit-trust/use-url-filter';
import { buttonStyle } from '@/components/ui/button-style';
import { Dialog } from '@/components/ui/dialog';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { countOf } from '@/components/ui/number-format';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { TextInput } from '@/components/ui/text-input';
import { Time } from '@/components/ui/time';
import { auditExportPath, auditExportPlanQuery } from '@/lib/client/audit-trust';
import { type AuditExportPlan, type AuditFilter, EXPORT_FORMATS } from '@/lib/shared/audit-log';

const FORMAT_LABELS = {
  csv: 'CSV, one row per event',
  ndjson: 'NDJSON, one complete event per line',
} satisfies Record<(typeof EXPORT_FORMATS)[number], string>;

/** Downloads what the filter of the page matches, with the exact number of rows known before. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const filter = useUrlFilter();
  const { data, isPending, error, refetch } = useQuery(auditExportPlanQuery(filter));
  return (
    <Dialog isOpen onClose={onClose} title="Export the audit trail">
      <div className="flex flex-col gap-4">
        <FilterFacts filter={filter} />
        {isPending && (
          <div className="flex flex-col gap-2">
            <p role="status">Counting the events</p>
            <Skeleton className="h-12 w-full" />
          </div>
        )}
        {!data && error && (
          <ErrorState title="The events could not be counted" error={error} onRetry={() => refetch()} />
        )}
        {data && <PlannedExport filter={filter} plan={data} />}
      </div>
    </Dialog>
  );
}

function PlannedExport({ filter, plan }: { filter: AuditFilter; plan: AuditExportPlan }) {
  const [format, setFormat] = useState<(typeof EXPORT_FORMATS)[number]>('csv');
  const [after, setAfter] = useState('');
  const path = auditExportPath({ filter, plan, format, after: after.trim() });
  const isContinued = after.trim() !== '';
  return (
    <>
      <p>
        <strong className="font-semibold">{countOf(plan.rows, 'row')}</strong>, up to <Time value={plan.to} />
        . The download is an event of the trail itself.
      </p>
      <Field label="Format">
        <Select
          value={format}
          onChange={({ target }) =>
            setFormat(EXPORT_FORMATS.find((candidate) => candidate === target.value) ?? 'csv')
          }
        >
          {EXPORT_FORMATS.map((candidate) => (
            <option key={candidate} value={candidate}>
              {FORMAT_LABELS[candidate]}
            </option>
          ))}
        </Select>
      </Field>
      <p className="text-muted text-sm">
        The last line of the file is its manifest: the filter, the number of rows, the SHA-256 of everything
        before it, and the newest seal.{' '}
        <code className="whitespace-nowrap font-mono text-xs">npm run audit:verify -- --export file</code>{' '}
        checks it.
      </p>
      <Disclosure summary="Go on with a broken download" isQuiet>
        <Field
          label="Reference of its last complete line"
          hint="The first column of a CSV, or ref of an NDJSON line. The new file goes on behind it."
        >
          <TextInput
            value={after}
            maxLength={200}
            spellCheck={false}
            onChange={({ target }) => setAfter(target.value)}
          />
        </Field>
      </Disclosure>
      <div className="flex justify-end">
        <a href={path} download className={buttonStyle('primary', 'medium')}>
          {isContinued ? 'Download the rest' : `Download ${countOf(plan.rows, 'row')}`}
        </a>
      </div>
    </>
  );
}
