import Link from 'next/link';
import { batchPath } from '@/components/failed-items/failed-item-labels';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import type { Tone } from '@/components/ui/tone';
import type { Attempt } from '@/lib/shared/failed-item';
import { requestPath } from '@/lib/shared/request';

const TONES: Record<Attempt['outcome'], Tone> = {
  failed: 'danger',
  succeeded: 'success',
  landed: 'success',
  interrupted: 'warning',
};

const LABELS: Record<Attempt['outcome'], string> = {
  failed: 'failed',
  succeeded: 'succeeded',
  landed: 'had landed',
  interrupted: 'interrupted',
};

/** Every attempt to write it, newest first; none is ever overwritten. */
export function AttemptList({ attempts }: { attempts: readonly Attempt[] }) {
  const newestFirst = attempts.map((attempt, index) => ({ attempt, number: index + 1 })).reverse();
  return (
    <Section title="Attempts">
      <ol reversed aria-label="Attempts, newest first" className="flex flex-col gap-2">
        {newestFirst.map(({ attempt, number }) => (
          <AttemptEntry key={number} attempt={attempt} number={number} />
        ))}
      </ol>
    </Section>
  );
}

function AttemptEntry({ attempt, number }: { attempt: Attempt; number: number }) {
  const { at, requestId, outcome, code, message, actor, bulkId } = attempt;
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-2.5 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium tabular-nums">{number}</span>
          <Badge tone={TONES[outcome]}>{LABELS[outcome]}</Badge>
          {code && <code className="font-mono text-muted text-xs">{code}</code>}
          <span className="text-muted">{actor ? `asked for by ${actor.name}` : 'the first write'}</span>
        </span>
        <Time value={at} />
      </p>
      <p className="mt-1 break-words">{message}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 text-muted text-xs">
        <span className="flex min-w-0 items-center gap-1">
          <Link
            href={requestPath(requestId)}
            className="min-h-6 break-all font-mono leading-6 underline underline-offset-2"
          >
            {requestId}
          </Link>
          <CopyButton text={requestId} label={`Copy request ID of attempt ${number}`} />
        </span>
        {bulkId && (
          <Link href={batchPath(bulkId)} className="break-all underline underline-offset-2">
            With others, in {bulkId}
          </Link>
        )}
      </p>
    </li>
  );
}
