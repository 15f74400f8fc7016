import { classNames } from '@/components/ui/class-names';
import { formatDuration } from '@/components/ui/number-format';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { Burn } from '@/lib/shared/objective';

const rate = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** The burn rates of an objective over its long windows; one that is too fast is named as such. */
export function BurnRates({ burns }: { burns: readonly Burn[] }) {
  return (
    <ul className="grid min-w-44 grid-cols-2 gap-x-3 text-xs tabular-nums">
      {burns.map((burn) => (
        <li
          key={burn.longMs}
          className={classNames(
            'flex gap-1 whitespace-nowrap',
            burn.isBurning ? 'font-semibold text-danger' : 'text-muted',
          )}
        >
          <span>{formatDuration(burn.longMs / 1000)}:</span>
          <span className={burn.isBurning ? undefined : 'text-ink'}>{rateText(burn)}</span>
          {burn.isBurning && <VisuallyHidden>too fast, the limit is {burn.factor}</VisuallyHidden>}
          {burn.isBurning && <span aria-hidden>▲</span>}
        </li>
      ))}
    </ul>
  );
}

function rateText({ longRate, isKnown }: Burn): string {
  if (longRate === null) return 'no traffic';
  return isKnown ? `${rate.format(longRate)}×` : 'too few';
}
