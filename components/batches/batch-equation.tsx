import { batchParts } from '@/components/batches/batch-parts';
import { countOf, formatCount } from '@/components/ui/number-format';
import type { Tone } from '@/components/ui/tone';
import type { Batch } from '@/lib/shared/batch';

const SWATCHES: Record<Tone, string> = {
  neutral: 'bg-hover',
  info: 'bg-accent',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
};

/** Where every row is: "206 rows = 200 created + 4 rejected + 0 failed + 2 waiting". The colors are those of the bar. */
export function BatchEquation({ batch }: { batch: Batch }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 tabular-nums">
      <span className="font-medium">{countOf(batch.rows, 'row')}</span>
      {batchParts(batch).map(({ label, value, tone }, index) => (
        <span key={label} className="flex items-center gap-2">
          <span className="text-muted">{index === 0 ? '=' : '+'}</span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm border border-line ${SWATCHES[tone]}`} />
            {formatCount(value)} {label}
          </span>
        </span>
      ))}
    </p>
  );
}
