'use client';

import { type FormEvent, useId, useState } from 'react';
import { tableLabel } from '@/components/breakers/breaker-words';
import { OverrideFields } from '@/components/breakers/override-fields';
import type { OverrideDraft } from '@/components/breakers/use-override-drafts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { TextInput } from '@/components/ui/text-input';
import { useOverrideBreaker } from '@/lib/client/breakers';
import type { Breaker, BreakerCommand } from '@/lib/shared/breaker';

const MIN_LENGTH = 3;

type Props = {
  breaker: Breaker;
  draft: OverrideDraft;
  onType: (draft: OverrideDraft) => void;
  onDone: () => void;
  /** Keeps what was typed. */
  onClose: () => void;
};

/** Holds a breaker open or closed for a time, or lets one go that is held. */
export function OverrideDialog({ breaker, draft, onType, onDone, onClose }: Props) {
  const formId = useId();
  const change = useOverrideBreaker();
  const [isRefused, setIsRefused] = useState(false);
  // What the dialog was opened for: meanwhile the override may end by itself.
  const [isHeld] = useState(breaker.override !== null);
  const isShort = draft.reason.trim().length < MIN_LENGTH;

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsRefused(isShort);
    if (!isShort && !change.isPending) change.mutate(commandOf(), { onSuccess: onDone });
  }

  function commandOf(): BreakerCommand {
    const { table } = breaker;
    const reason = draft.reason.trim();
    if (isHeld) return { table, override: null, reason };
    const until = new Date(Date.now() + draft.minutes * 60_000).toISOString();
    return { table, override: draft.state, reason, until };
  }

  const name = tableLabel(breaker);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isHeld ? `Let the breaker of ${name} go` : `Override the breaker of ${name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant={!isHeld && draft.state === 'open' ? 'danger' : 'primary'}
            isPending={change.isPending}
          >
            {isHeld ? 'Let it go' : `Hold it ${draft.state}`}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {isHeld ? (
          <p>It decides for itself again at once. If it is held open, its probes come first.</p>
        ) : (
          <OverrideFields draft={draft} onType={onType} />
        )}
        <Field
          label="Reason"
          isRequired
          hint="It is kept in the audit log."
          error={isRefused && isShort ? `Give a reason of at least ${MIN_LENGTH} characters` : undefined}
        >
          <TextInput
            ref={firstFocus}
            value={draft.reason}
            maxLength={500}
            onChange={({ target }) => onType({ ...draft, reason: target.value })}
          />
        </Field>
        {change.error && <ErrorState title="The breaker was not changed" error={change.error} />}
      </form>
    </Dialog>
  );
}
