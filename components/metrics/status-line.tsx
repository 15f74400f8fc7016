'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { clockText } from '@/components/charts/zone-time';
import { type Status, statusSentence } from '@/components/metrics/status-sentence';
import { classNames } from '@/components/ui/class-names';
import { TONE_STYLE, type Tone } from '@/components/ui/tone';
import { metricsQuery, metricsTailQuery, withTail } from '@/lib/client/metrics';
import { STEP_MS } from '@/lib/shared/metrics';

const ICONS = {
  neutral: CircleHelp,
  info: CircleHelp,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} satisfies Record<Tone, typeof CircleHelp>;

/** Whether writes are healthy now, in one sentence, whatever time the charts show. */
export function StatusLine({ timeZone }: { timeZone: string }) {
  const { tone, sentence } = useStatus(timeZone);
  const Icon = ICONS[tone];
  return (
    <p
      role="status"
      className={classNames(
        'flex min-h-14 items-center gap-2.5 rounded-lg px-4 py-3 text-lg',
        TONE_STYLE[tone],
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      <span className="font-medium text-ink">{sentence}</span>
    </p>
  );
}

function useStatus(timeZone: string): Status {
  const past = useQuery(metricsQuery({ spanMs: STEP_MS.hour, step: 'minute', shiftMs: 0 }));
  const tail = useQuery(metricsTailQuery('minute'));
  const error = tail.error ?? past.error;
  if (error)
    return { tone: 'warning', sentence: `Whether writes are healthy is not known: ${error.message}` };
  if (past.data) {
    const { series } = withTail(past.data, tail.data);
    return statusSentence(series, (instant) => clockText(Date.parse(instant), timeZone));
  }
  return { tone: 'neutral', sentence: 'Looking at the last hour…' };
}
