'use client';

import { useQuery } from '@tanstack/react-query';
import { Callout } from '@/components/ui/callout';
import { formatCount } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Time } from '@/components/ui/time';
import { legalHoldQuery } from '@/lib/client/audit-trust';
import type { LegalHold } from '@/lib/shared/audit-log';

/** Says that a legal hold is on, and how far stored events have followed it or its release. */
export function HoldBanner() {
  const { data } = useQuery(legalHoldQuery());
  if (!data) return null;
  const isFollowing = data.hoursDone < data.hours;
  if (!data.isOn && !isFollowing) return null;
  return (
    <Callout tone="info" title={data.isOn ? 'Legal hold: no event expires' : 'The legal hold was released'}>
      <HoldFacts hold={data} />
      {isFollowing && <Following hold={data} />}
    </Callout>
  );
}

/** Who changed it last, when and why. */
export function HoldFacts({ hold: { isOn, by, at, reason } }: { hold: LegalHold }) {
  if (!at) return null;
  return (
    <p className="break-words">
      {isOn ? 'Placed' : 'Released'} by {by}, <Time value={at} />: {reason}
    </p>
  );
}

function Following({ hold: { isOn, hours, hoursDone } }: { hold: LegalHold }) {
  const text = `${formatCount(hoursDone)} of ${formatCount(hours)} hours`;
  return (
    <div className="mt-1.5 flex flex-col gap-1">
      <p className="text-sm">
        {isOn ? 'Stored events follow' : 'Stored events get their own time back'}: {text}. The last hour waits
        for two minutes.
      </p>
      <ProgressBar
        label="Hours that have followed"
        parts={[{ label: 'Done', value: hoursDone, tone: 'info' }]}
        total={hours}
        valueText={text}
      />
    </div>
  );
}
