import { rowNoun } from '@/components/batches/batch-labels';
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
    <p className="leading-7 tabular-nums">
      <span className="font-medium">{countOf(batch.rows, rowNoun(batch))}</span>
      {batchParts(batch).map(({ label, value, tone }, index) => (
        <span key={label}>
          <span className="text-muted">{index === 0 ? ' = ' : ' + '}</span>
          <span className="whitespace-nowrap">
            <span
              aria-hidden
              className={`mx-1 inline-block size-2.5 rounded-sm border border-line ${SWATCHES[tone]}`}
            />
            {formatCount(value)} {label}
          </span>
        </span>
      ))}
    </p>
  );
}
