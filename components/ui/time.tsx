'use client';

import { formatInstant, type TimePrecision } from '@/components/ui/time-format';
import { useTimeZone } from '@/components/ui/use-time-zone';

type Props = {
  /** ISO instant. */
  value: string;
  /** IANA zone to show it in; the person's own where none is given. */
  timeZone?: string;
  /** Names the zone behind the time, where it may not be the reader's. */
  hasZone?: boolean;
  precision?: TimePrecision;
};

/** A moment in a time zone, 24 hours; hovering shows the exact instant. */
export function Time({ value, timeZone, hasZone = false, precision = 'minutes' }: Props) {
  const ownZone = useTimeZone();
  const zone = timeZone ?? ownZone;
  return (
    <time dateTime={value} title={value} className="whitespace-nowrap tabular-nums">
      {formatInstant(value, zone, precision)}
      {hasZone && <span className="text-muted"> {zone}</span>}
    </time>
  );
}
