import { EvidenceList } from '@/components/objectives/evidence-list';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import { Time } from '@/components/ui/time';
import type { Forecast } from '@/lib/shared/objective';

/** What will happen, each with the numbers that say so; what needs a look comes first. */
export function ForecastList({ forecasts }: { forecasts: readonly Forecast[] }) {
  const isWorthShowing = ({ kind, at, isBad }: Forecast) => kind !== 'budget' || at !== null || isBad;
  const shown = forecasts.filter(isWorthShowing).toSorted((a, b) => Number(b.isBad) - Number(a.isBad));
  const left = forecasts.length - shown.length;
  return (
    <div className="flex flex-col gap-2">
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {shown.map((forecast) => (
          <Entry key={forecast.forecastId} forecast={forecast} />
        ))}
      </ul>
      {left > 0 && (
        <p className="text-muted text-sm">
          {left === 1 ? 'One error budget is' : `${left} error budgets are`} not being spent, or not known
          yet.
        </p>
      )}
    </div>
  );
}

function Entry({ forecast }: { forecast: Forecast }) {
  const { title, isBad, sentence, evidence } = forecast;
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="min-w-0 break-words font-medium">{title}</span>
        {isBad && <Badge tone="warning">Soon</Badge>}
        <When forecast={forecast} />
      </div>
      <p className="text-muted">{sentence}</p>
      {evidence.length > 0 && (
        <Disclosure summary={`Why: ${title}`} isQuiet>
          <EvidenceList evidence={evidence} />
        </Disclosure>
      )}
    </li>
  );
}

function When({ forecast: { at, earliest, latest } }: { forecast: Forecast }) {
  if (!at) return null;
  return (
    <span className="text-sm">
      <Time value={at} />
      {earliest && (
        <span className="text-muted">
          {' '}
          (between <Time value={earliest} /> and {latest ? <Time value={latest} /> : 'an open end'})
        </span>
      )}
    </span>
  );
}
