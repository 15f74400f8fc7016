import { formatDate } from '@/components/ui/time-format';

/** A date without time of day and zone (YYYY-MM-DD). */
export function CalendarDate({ value }: { value: string }) {
  return (
    <time dateTime={value} className="whitespace-nowrap tabular-nums">
      {formatDate(value)}
    </time>
  );
}
