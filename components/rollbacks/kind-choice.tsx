'use client';

import { CHOICES, type Choice } from '@/components/rollbacks/use-rollback-url';

const LABELS: Record<Choice, { title: string; text: string }> = {
  create: {
    title: 'A create that is not complete',
    text: 'Write what is missing, or take the assignment away.',
  },
  batch: { title: 'An import', text: 'Delete what a file created, if nobody has changed it since.' },
  actor: { title: 'What a person did', text: 'Everything within a time, of at most seven days.' },
  inconsistency: { title: 'An inconsistency', text: 'Repair a difference that the check found.' },
};

type Props = { kind: Choice | null; onChoose: (kind: Choice) => void };

/** What can be rolled back. */
export function KindChoice({ kind, onChoose }: Props) {
  return (
    <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-4">
      <legend className="mb-2 font-semibold">What is to be rolled back?</legend>
      {CHOICES.map((choice) => (
        <label
          key={choice}
          className="flex cursor-pointer gap-2.5 rounded-lg border border-line bg-surface px-3 py-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="kind"
            value={choice}
            checked={kind === choice}
            onChange={() => onChoose(choice)}
            className="mt-1 size-4 shrink-0 accent-accent-solid"
          />
          <span>
            <span className="block font-medium">{LABELS[choice].title}</span>
            <span className="block text-muted text-sm">{LABELS[choice].text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
