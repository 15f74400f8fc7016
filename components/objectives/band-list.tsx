import { bandLabel } from '@/components/objectives/objective-labels';
import { Badge } from '@/components/ui/badge';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import type { Band } from '@/lib/shared/objective';

/** What is compared with the same hour of earlier weeks, and what came of it. */
export function BandList({ bands }: { bands: readonly Band[] }) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {bands.map((band) => (
        <Entry key={band.bandId} band={band} />
      ))}
    </ul>
  );
}

function Entry({ band }: { band: Band }) {
  const { label, tone } = bandLabel(band);
  return (
    <li className="flex flex-col gap-1 rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{band.title}</span>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-muted text-sm">{band.sentence}</p>
      {band.median !== null && (
        <p className="text-muted text-xs">
          Hour from <Time value={band.at} />, compared with {countOf(band.samples, 'hour')}
        </p>
      )}
    </li>
  );
}
