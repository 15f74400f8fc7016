'use client';

import type { OverrideDraft } from '@/components/breakers/use-override-drafts';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';

const STATES = {
  open: { label: 'Hold it open', detail: 'Writes to this table are refused at once; batches wait.' },
  closed: { label: 'Hold it closed', detail: 'Every write is sent, however many fail.' },
} as const;

/** The longest is a minute short of the limit, because the clock of the browser may be ahead. */
const DURATIONS: [minutes: number, label: string][] = [
  [5, '5 minutes'],
  [15, '15 minutes'],
  [60, '1 hour'],
  [4 * 60, '4 hours'],
  [12 * 60, '12 hours'],
  [24 * 60 - 1, '24 hours'],
];

type Props = { draft: OverrideDraft; onType: (draft: OverrideDraft) => void };

/** How a breaker is to be held, and for how long. */
export function OverrideFields({ draft, onType }: Props) {
  return (
    <>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium text-sm">What it does meanwhile</legend>
        {(['open', 'closed'] as const).map((state) => (
          <label key={state} className="flex min-h-6 items-baseline gap-2">
            <input
              type="radio"
              name="override"
              value={state}
              checked={draft.state === state}
              onChange={() => onType({ ...draft, state })}
              className="translate-y-0.5 accent-accent-solid"
            />
            <span>
              {STATES[state].label} <span className="text-muted text-sm">{STATES[state].detail}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label="For" hint="Then it decides for itself again.">
        <Select
          value={draft.minutes}
          onChange={({ target }) => onType({ ...draft, minutes: Number(target.value) })}
        >
          {DURATIONS.map(([minutes, label]) => (
            <option key={minutes} value={minutes}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
