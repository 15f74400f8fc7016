'use client';

import { type FormEvent, useState } from 'react';
import type { TimeWindow } from '@/components/charts/time-window';
import type { MetricsUrlState } from '@/components/metrics/use-metrics-url';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { toInstant, toLocalText } from '@/lib/shared/course-time';

type Props = { window: TimeWindow; metricsUrl: MetricsUrlState };

/** Any time, typed. */
export function CustomRange({ window, metricsUrl }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const isChosen = metricsUrl.fixed !== null;
  return (
    <>
      <Button
        size="small"
        variant={isChosen ? 'primary' : 'ghost'}
        aria-pressed={isChosen}
        onClick={() => setIsOpen(true)}
      >
        Custom…
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="Choose a time">
        <RangeForm window={window} metricsUrl={metricsUrl} onDone={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

function RangeForm({ window, metricsUrl: { timeZone, zoom }, onDone }: Props & { onDone: () => void }) {
  const [error, setError] = useState<string>();
  const localText = (ms: number) => toLocalText(new Date(ms).toISOString(), timeZone);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const time = (name: string) => toInstant(String(form.get(name) ?? ''), timeZone);
    const [from, to] = [time('from'), time('to')];
    if ('problem' in from) return setError(from.problem);
    if ('problem' in to) return setError(to.problem);
    const [fromMs, toMs] = [Date.parse(from.instant), Date.parse(to.instant)];
    if (fromMs >= toMs) return setError('The end must be after the beginning');
    if (fromMs >= Date.now()) return setError('The beginning must not be in the future');
    zoom(fromMs, toMs);
    onDone();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="From" hint={timeZone} error={error}>
        <DateTimeInput name="from" defaultValue={localText(window.fromMs)} />
      </Field>
      <Field label="To" hint={timeZone}>
        <DateTimeInput name="to" defaultValue={localText(window.toMs)} />
      </Field>
      <div className="flex justify-end">
        <Button variant="primary" type="submit">
          Show
        </Button>
      </div>
    </form>
  );
}
