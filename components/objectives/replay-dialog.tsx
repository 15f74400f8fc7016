'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ReplayResult } from '@/components/objectives/replay-result';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Skeleton } from '@/components/ui/skeleton';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { replayQuery } from '@/lib/client/objectives';
import { toInstant, toLocalText } from '@/lib/shared/course-time';
import { REPLAY_DAYS, type ReplayQuery, type RuleState } from '@/lib/shared/objective';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How far back a replay begins with: enough to see something, quick to answer. */
const FIRST_SPAN_MS = { minute: 6 * HOUR_MS, hour: 7 * 24 * HOUR_MS } as const;

/** Asks a rule of past data: when it would have fired. */
export function ReplayDialog({ rule, onClose }: { rule: RuleState; onClose: () => void }) {
  const [range, setRange] = useState(() => lastRange(FIRST_SPAN_MS[rule.step]));
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(replayQuery(rule.ruleId, range));
  return (
    <Dialog isOpen onClose={onClose} title={`Replay: ${rule.title}`} placement="side">
      <div className="flex flex-col gap-4">
        <RangeForm rule={rule} range={range} isPending={isPlaceholderData} onChange={setRange} />
        {isPending && <Skeleton className="h-40 w-full rounded-lg" />}
        {error && (
          <ErrorState title="The rule could not be replayed" error={error} onRetry={() => refetch()} />
        )}
        {data && !error && <ReplayResult replay={data} />}
      </div>
    </Dialog>
  );
}

function lastRange(spanMs: number): ReplayQuery {
  // Whole minutes: nobody types seconds.
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  return { from: new Date(nowMs - spanMs).toISOString(), to: new Date(nowMs).toISOString() };
}

type FormProps = {
  rule: RuleState;
  range: ReplayQuery;
  isPending: boolean;
  onChange: (range: ReplayQuery) => void;
};

/** Keeps what was typed until it is asked for. */
function RangeForm({ rule: { step }, range, isPending, onChange }: FormProps) {
  const timeZone = useTimeZone();
  const [from, setFrom] = useState(() => toLocalText(range.from, timeZone));
  const [to, setTo] = useState(() => toLocalText(range.to, timeZone));
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    const [begin, end] = [toInstant(from, timeZone), toInstant(to, timeZone)];
    const next = 'problem' in begin || 'problem' in end ? null : { from: begin.instant, to: end.instant };
    const found = next ? rangeProblem(next, step) : 'Give both times';
    setProblem(found);
    if (next && !found) onChange(next);
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <Field label="From" error={problem} hint={`Your time, ${timeZone}`} className="w-52">
        <DateTimeInput value={from} onChange={({ target }) => setFrom(target.value)} />
      </Field>
      <Field label="To" hint={`At most ${REPLAY_DAYS[step]} days`} className="w-52">
        <DateTimeInput value={to} onChange={({ target }) => setTo(target.value)} />
      </Field>
      <Button type="submit" className="mt-6" isPending={isPending}>
        Replay
      </Button>
    </form>
  );
}

function rangeProblem({ from, to }: ReplayQuery, step: RuleState['step']): string | undefined {
  if (from >= to) return 'Begin before the end';
  const days = (Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS);
  return days > REPLAY_DAYS[step] ? `Choose at most ${REPLAY_DAYS[step]} days` : undefined;
}
