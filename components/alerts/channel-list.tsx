'use client';

import { CHANNEL_LABELS } from '@/components/alerts/alert-labels';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { useTestChannel } from '@/lib/client/alerts';
import { useMay } from '@/lib/client/session-context';
import type { ChannelState } from '@/lib/shared/alert';

/** Where alerts go, whether they arrive, and a way to try. */
export function ChannelList({ channels }: { channels: readonly ChannelState[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {channels.map((state) => (
        <li key={state.channel} className="flex flex-col gap-1 px-4 py-3">
          <ChannelEntry state={state} />
        </li>
      ))}
    </ul>
  );
}

function ChannelEntry({ state }: { state: ChannelState }) {
  const { channel, isConfigured, target, lastFailure } = state;
  const mayHandle = useMay('alert:handle');
  const test = useTestChannel(channel);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{CHANNEL_LABELS[channel]}</span>
        {!isConfigured && <Badge>Not set up</Badge>}
        {isConfigured && (
          <Badge tone={lastFailure ? 'danger' : 'success'}>{lastFailure ? 'Failing' : 'Set up'}</Badge>
        )}
        <span className="min-w-0 break-all text-muted text-sm">{target}</span>
        {isConfigured && mayHandle && (
          <Button size="small" className="ml-auto" isPending={test.isPending} onClick={() => test.mutate()}>
            Send a test<VisuallyHidden> over {CHANNEL_LABELS[channel]}</VisuallyHidden>
          </Button>
        )}
      </div>
      {isConfigured && <Numbers state={state} />}
      <p role="status" className="text-sm">
        {test.data &&
          `${test.data.isDelivered ? 'The test has arrived' : 'The test has not arrived'}: ${test.data.message}.`}
      </p>
      {test.error && <ErrorState title="The test was not sent" error={test.error} />}
    </>
  );
}

function Numbers({ state: { delivered, waiting, lastDeliveredAt, lastFailure } }: { state: ChannelState }) {
  return (
    <p className="break-words text-muted text-sm">
      {countOf(delivered, 'message')} delivered
      {lastDeliveredAt && (
        <>
          , the last one <Time value={lastDeliveredAt} />
        </>
      )}
      ; {waiting} waiting.
      {lastFailure && (
        <>
          {' '}
          Failed <Time value={lastFailure.at} precision="seconds" />: {lastFailure.message}
        </>
      )}
    </p>
  );
}
