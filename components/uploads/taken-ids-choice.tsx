'use client';

import { TAKEN_ID_POLICIES, type TakenIdPolicy } from '@/lib/shared/batch';

const LABELS: Record<TakenIdPolicy, { label: string; detail: string }> = {
  reject: { label: 'Reject the row', detail: 'It is listed among the rejected rows.' },
  skip: { label: 'Skip the row', detail: 'The assignment that has the ID stays as it is.' },
  new_id: { label: 'Create it under a new ID', detail: 'The ID in the file is not kept.' },
};

type Props = { value: TakenIdPolicy; onChange: (policy: TakenIdPolicy) => void };

/** What happens to a row whose assignment ID exists already. */
export function TakenIdsChoice({ value, onChange }: Props) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="font-medium">Where an assignment ID exists already</legend>
      {TAKEN_ID_POLICIES.map((policy) => (
        <label key={policy} className="flex min-h-6 items-baseline gap-2">
          <input
            type="radio"
            name="takenIds"
            value={policy}
            checked={value === policy}
            onChange={() => onChange(policy)}
            className="translate-y-0.5 accent-accent-solid"
          />
          <span>
            {LABELS[policy].label} <span className="text-muted text-sm">{LABELS[policy].detail}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
