'use client';

import { type FormEvent, useId, useState } from 'react';
import type { Aim } from '@/components/failed-items/aim';
import { snoozePresets } from '@/components/failed-items/snooze-presets';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { Time } from '@/components/ui/time';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { toInstant } from '@/lib/shared/course-time';

type Props = { aim: Aim; isPending: boolean; onConfirm: (until: string) => void; onCancel: () => void };

/** Asks until when items are put off. */
export function SnoozeDialog({ aim, isPending, onConfirm, onCancel }: Props) {
  const timeZone = useTimeZone();
  const [presets] = useState(() => snoozePresets(Date.now(), timeZone));
  return (
    <Dialog
      isOpen
      onClose={onCancel}
      title={aim.count === 1 ? 'Snooze this item' : `Snooze ${aim.name}`}
      footer={<Button onClick={onCancel}>Cancel</Button>}
    >
      <p className="mb-3 text-muted">Out of sight until then, and open again by itself.</p>
      <ul className="flex flex-col gap-1.5">
        {presets.map(({ label, until }, index) => (
          <li key={label}>
            <Button
              ref={index === 0 ? firstFocus : undefined}
              isPending={isPending}
              onClick={() => onConfirm(until)}
              className="w-full justify-between!"
            >
              {label}
              <span className="font-normal text-muted">
                <Time value={until} />
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <OwnTime timeZone={timeZone} isPending={isPending} onConfirm={onConfirm} />
    </Dialog>
  );
}

type OwnTimeProps = Pick<Props, 'isPending' | 'onConfirm'> & { timeZone: string };

function OwnTime({ timeZone, isPending, onConfirm }: OwnTimeProps) {
  const formId = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    const time = toInstant(text, timeZone);
    const wrong =
      'problem' in time ? time.problem : Date.parse(time.instant) <= Date.now() && 'Choose a time to come';
    setProblem(wrong || undefined);
    if (!isPending && !('problem' in time) && !wrong) onConfirm(time.instant);
  }

  return (
    <form id={formId} noValidate onSubmit={submit} className="mt-4 flex flex-wrap items-start gap-2">
      <Field label="Or until" error={problem} className="min-w-52 flex-1">
        <DateTimeInput value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      <Button type="submit" isPending={isPending} className="mt-6">
        Snooze
      </Button>
    </form>
  );
}
