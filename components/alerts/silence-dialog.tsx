'use client';

import { type FormEvent, useId, useState } from 'react';
import { LENGTHS, OWN_END, silenceEnd } from '@/components/alerts/silence-end';
import type { SilenceDraft } from '@/components/alerts/use-silence-draft';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { useSilence } from '@/lib/client/alerts';
import { type Alert, SILENCE_REASON } from '@/lib/shared/alert';

type Props = { alert: Alert; draft: SilenceDraft; onClose: () => void };

/** Asks why, and until when, nobody is to be told of an alert. What was typed stays where it fails or is closed. */
export function SilenceDialog({ alert, draft, onClose }: Props) {
  return (
    <Dialog isOpen onClose={onClose} title={`Silence: ${alert.title}`}>
      <p className="mb-3 text-muted text-sm">
        Until then nobody is told of it. The page goes on showing it, and it comes back by itself.
        {alert.silence && ' It takes the place of the silence that is on.'}
      </p>
      <SilenceForm alert={alert} draft={draft} onClose={onClose} />
    </Dialog>
  );
}

function SilenceForm({ alert, draft, onClose }: Props) {
  const formId = useId();
  const silence = useSilence(alert.ruleId);
  const timeZone = useTimeZone();
  const [problems, setProblems] = useState<{ reason?: string | undefined; end?: string | undefined }>({});
  const { reason, setReason, length, setLength, ownEnd, setOwnEnd } = draft;

  function submit(event: FormEvent) {
    event.preventDefault();
    const isShort = reason.trim().length < SILENCE_REASON.min;
    const end = silenceEnd(draft, { nowMs: Date.now(), timeZone });
    setProblems({
      reason: isShort ? `Give a reason of at least ${SILENCE_REASON.min} characters` : undefined,
      end: 'problem' in end ? end.problem : undefined,
    });
    if (isShort || 'problem' in end || silence.isPending) return;
    silence.mutate({ reason: reason.trim(), until: end.until }, { onSuccess: onClose });
  }

  return (
    <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Reason" isRequired error={problems.reason}>
        <TextInput
          ref={firstFocus}
          value={reason}
          maxLength={SILENCE_REASON.max}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      <Field label="For how long" isRequired>
        <Select value={length} onChange={({ target }) => setLength(target.value)}>
          {LENGTHS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {length === OWN_END && (
        <Field
          label="Until"
          hint={`Your time zone, ${timeZone}; at most seven days`}
          isRequired
          error={problems.end}
        >
          <DateTimeInput value={ownEnd} onChange={({ target }) => setOwnEnd(target.value)} />
        </Field>
      )}
      {silence.error && <ErrorState title="It was not silenced" error={silence.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" isPending={silence.isPending}>
          Silence
        </Button>
      </div>
    </form>
  );
}
