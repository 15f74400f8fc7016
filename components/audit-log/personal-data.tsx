'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import { useMay } from '@/lib/client/session-context';
import type { AuditEventDetail } from '@/lib/shared/audit-log';

type Props = { detail: AuditEventDetail; isPending: boolean; onShow: (reason: string) => void };

/** Addresses and emails are masked; who may see them says why, and that is an event as well. */
export function PersonalData({ detail: { isClear }, isPending, onShow }: Props) {
  const mayShow = useMay('audit:personal');
  const [reason, setReason] = useState('');
  if (isClear) return <Callout tone="warning" title="Personal data is shown. This view is recorded." />;
  if (!mayShow) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim()) onShow(reason.trim());
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <Field
        label="Reason to show personal data"
        hint="The view is recorded with this reason."
        className="min-w-0 flex-1"
      >
        <TextInput value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
      </Field>
      <Button type="submit" disabled={!reason.trim()} isPending={isPending} className="mb-6">
        Show
      </Button>
    </form>
  );
}
