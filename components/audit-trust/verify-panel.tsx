'use client';

import { useState } from 'react';
import { Anchor } from '@/components/audit-trust/anchor';
import { useUrlFilter } from '@/components/audit-trust/use-url-filter';
import { useVerification } from '@/components/audit-trust/use-verification';
import {
  RANGE_LABELS,
  rangeOf,
  VERIFY_RANGES,
  type VerifyChoice,
} from '@/components/audit-trust/verify-range';
import { VerifyResult } from '@/components/audit-trust/verify-result';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { countOf, formatCount } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useMay } from '@/lib/client/session-context';
import type { Verification } from '@/lib/client/verify-trail';

/** Checks in this browser whether the trail is as it was sealed. */
export function VerifyPanel() {
  const filter = useUrlFilter();
  const [choice, setChoice] = useState<VerifyChoice>('day');
  const { start, stop, isRunning, isStopped, result, error } = useVerification();
  const run = () => start(rangeOf(choice, filter, Date.now()));
  return (
    <Section
      title="Verify"
      description="Signatures, the chain of hours, and every stored event against its seal; checked here, not by the server."
    >
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
        <div className="flex flex-wrap items-end gap-2">
          <RangeField choice={choice} onChange={setChoice} />
          {isRunning ? (
            <Button onClick={stop}>Stop</Button>
          ) : (
            <Button variant="primary" onClick={run}>
              Verify now
            </Button>
          )}
        </div>
        <Unable />
        <Limits />
        {isRunning && <Progress result={result} />}
        {error && <ErrorState title="The trail could not be checked" error={error} onRetry={run} />}
        {result && <VerifyResult result={result} isRunning={isRunning} isStopped={isStopped} />}
        {result?.newest && !isRunning && <Anchor seal={result.newest} keys={result.keys} />}
      </div>
    </Section>
  );
}

function RangeField({
  choice,
  onChange,
}: {
  choice: VerifyChoice;
  onChange: (choice: VerifyChoice) => void;
}) {
  return (
    <Field label="Time">
      <Select
        value={choice}
        onChange={({ target }) =>
          onChange(VERIFY_RANGES.find((candidate) => candidate === target.value) ?? 'day')
        }
      >
        {VERIFY_RANGES.map((candidate) => (
          <option key={candidate} value={candidate}>
            {RANGE_LABELS[candidate]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Browsers check signatures on safe connections only. */
function Unable() {
  const isHydrated = useHydrated();
  if (!isHydrated || window.isSecureContext) return null;
  return (
    <Callout tone="warning" title="This browser cannot check signatures here">
      It does so over HTTPS only. On the server, npm run audit:verify checks the same.
    </Callout>
  );
}

/** The record of an event holds personal data: who may not see it cannot make its hash. */
function Limits() {
  const maySeeRecords = useMay('audit:personal');
  if (maySeeRecords) return null;
  return (
    <p className="text-muted text-sm">
      Your role does not see personal data, so the hashes of single events are the server's word here.
      Signatures, chain and roots are checked by this browser.
    </p>
  );
}

function Progress({ result }: { result: Verification | null }) {
  const { hours = 0, hoursDone = 0, events = 0 } = result ?? {};
  const text = result
    ? `${formatCount(hoursDone)} of ${countOf(hours, 'hour')}, ${countOf(events, 'event')}`
    : 'Reading the seals';
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm tabular-nums">{text}</p>
      <ProgressBar
        label="Hours that were checked"
        parts={[{ label: 'Checked', value: hoursDone, tone: 'info' }]}
        total={result ? hours : null}
        valueText={text}
      />
    </div>
  );
}
