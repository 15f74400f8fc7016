'use client';

import { type FormEvent, useId, useState } from 'react';
import type { Aim } from '@/components/failed-items/aim';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { TextInput } from '@/components/ui/text-input';

const MIN_LENGTH = 3;

/** In a row of similar items the reason is mostly the same: it stands there again, ready to be replaced. */
let lastReason = '';

type Props = {
  aim: Aim;
  isPending: boolean;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
};

/** Asks why items are given up. */
export function DiscardDialog({ aim, isPending, onConfirm, onCancel }: Props) {
  const formId = useId();
  const [reason, setReason] = useState(lastReason);
  const [isRefused, setIsRefused] = useState(false);
  const isShort = reason.trim().length < MIN_LENGTH;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    setIsRefused(isShort);
    if (isShort) return;
    lastReason = reason.trim();
    onConfirm(lastReason);
  }

  return (
    <Dialog
      isOpen
      onClose={onCancel}
      title={aim.count === 1 ? 'Discard this item?' : `Discard ${aim.name}?`}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" form={formId} variant="danger" isPending={isPending}>
            Discard
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
        <p className="break-words">
          {aim.count === 1 && (
            <>
              <bdi className="font-medium">{aim.name}</bdi> will not be written.{' '}
            </>
          )}
          Nothing is deleted: what is discarded stays listed with its reason and can be restored.
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
            onFocus={(event) => event.target.select()}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
