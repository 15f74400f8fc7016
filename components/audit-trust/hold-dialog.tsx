'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { HoldFacts } from '@/components/audit-trust/hold-banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { Skeleton } from '@/components/ui/skeleton';
import { TextInput } from '@/components/ui/text-input';
import { legalHoldQuery, useChangeLegalHold } from '@/lib/client/audit-trust';
import { useMay } from '@/lib/client/session-context';
import type { LegalHold } from '@/lib/shared/audit-log';

const MIN_LENGTH = 3;

/** Shows the legal hold, and places or releases it for those who may. */
export function HoldDialog({ onClose }: { onClose: () => void }) {
  const { data, isPending, error, refetch } = useQuery(legalHoldQuery());
  const mayHold = useMay('audit:hold');
  return (
    <Dialog isOpen onClose={onClose} title="Legal hold">
      <div className="flex flex-col gap-3">
        {isPending && <Skeleton className="h-16 w-full" />}
        {!data && error && (
          <ErrorState title="The legal hold could not be read" error={error} onRetry={() => refetch()} />
        )}
        {data && (
          <>
            <p>
              {data.isOn
                ? 'A legal hold is on: no event of the trail expires.'
                : 'No legal hold is on: events expire when their time is over.'}
            </p>
            <HoldFacts hold={data} />
            {mayHold ? (
              <HoldForm hold={data} onClose={onClose} />
            ) : (
              <p className="text-muted">Admins change it.</p>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

function HoldForm({ hold: { isOn }, onClose }: { hold: LegalHold; onClose: () => void }) {
  const formId = useId();
  const change = useChangeLegalHold();
  const [reason, setReason] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const isShort = reason.trim().length < MIN_LENGTH;

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsRefused(isShort);
    if (isShort || change.isPending) return;
    change.mutate({ isOn: !isOn, reason: reason.trim() }, { onSuccess: onClose });
  }

  return (
    <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-muted text-sm">
        {isOn
          ? 'Once it is released, every event gets its own time back; none expires within the next seven days.'
          : 'Stored events follow within minutes, and new ones at once. Seals stay valid. It is an event itself.'}
      </p>
      <Field
        label="Reason"
        isRequired
        error={isRefused && isShort ? `Give a reason of at least ${MIN_LENGTH} characters` : undefined}
      >
        <TextInput
          ref={firstFocus}
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      {change.error && <ErrorState title="The legal hold was not changed" error={change.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant={isOn ? 'danger' : 'primary'} isPending={change.isPending}>
          {isOn ? 'Release the hold' : 'Place the hold'}
        </Button>
      </div>
    </form>
  );
}
