'use client';

import { BellOff, Check } from 'lucide-react';
import { type RefObject, useId, useRef, useState } from 'react';
import { SEVERITY_LABELS, STATE_LABELS } from '@/components/alerts/alert-labels';
import { SilenceDialog } from '@/components/alerts/silence-dialog';
import { useSilenceDraft } from '@/components/alerts/use-silence-draft';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { ErrorState } from '@/components/ui/error-state';
import { Time } from '@/components/ui/time';
import { useAcknowledge } from '@/lib/client/alerts';
import { useMay } from '@/lib/client/session-context';
import type { Alert } from '@/lib/shared/alert';

/** One alert that fires or is about to: what is wrong, the numbers behind it, and what can be done with it. */
export function AlertCard({ alert }: { alert: Alert }) {
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  const { title, state, severity, sentence, since, firedAt } = alert;
  const { label, tone } = STATE_LABELS[state];
  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-labelledby={titleId}
      className={classNames(
        'flex flex-col gap-2 rounded-lg border bg-surface px-4 py-3',
        state === 'firing' ? 'border-danger/50' : 'border-line',
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{label}</Badge>
        <h3 id={titleId} className="font-medium">
          {title}
        </h3>
        <span className="text-muted text-sm">
          Look: {SEVERITY_LABELS[severity].toLowerCase()} · since{' '}
          <Time value={firedAt && state === 'firing' ? firedAt : since} precision="seconds" />
        </span>
      </div>
      <p className="break-words">{sentence}</p>
      <Evidence evidence={alert.evidence} />
      <Handling alert={alert} card={card} />
    </article>
  );
}

function Evidence({ evidence }: Pick<Alert, 'evidence'>) {
  if (evidence.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {evidence.map(({ label, value }) => (
        <div key={label} className="flex gap-1.5">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Handling({ alert, card }: { alert: Alert; card: RefObject<HTMLElement | null> }) {
  const mayHandle = useMay('alert:handle');
  const acknowledge = useAcknowledge(alert.ruleId);
  const [isSilencing, setIsSilencing] = useState(false);
  const draft = useSilenceDraft();
  const { acknowledged, silence, state } = alert;
  const canAcknowledge = state === 'firing' && acknowledged === null;

  return (
    <>
      {acknowledged && state === 'firing' && (
        <p className="text-sm">
          <bdi>{acknowledged.by}</bdi> looks after it, since <Time value={acknowledged.at} />.
        </p>
      )}
      {silence && (
        <p className="break-words text-sm">
          Silenced by <bdi>{silence.by}</bdi> until <Time value={silence.until} />: {silence.reason}
        </p>
      )}
      {acknowledge.error && <ErrorState title="It was not acknowledged" error={acknowledge.error} />}
      {mayHandle && (
        <div className="flex flex-wrap gap-2">
          {canAcknowledge && (
            <Button
              size="small"
              isPending={acknowledge.isPending}
              // The button goes away with its purpose, and would take the focus along.
              onClick={() => acknowledge.mutate(undefined, { onSuccess: () => card.current?.focus() })}
            >
              <Check aria-hidden className="size-3.5" />
              Acknowledge
            </Button>
          )}
          <Button size="small" onClick={() => setIsSilencing(true)}>
            <BellOff aria-hidden className="size-3.5" />
            Silence…
          </Button>
        </div>
      )}
      {isSilencing && <SilenceDialog alert={alert} draft={draft} onClose={() => setIsSilencing(false)} />}
    </>
  );
}
