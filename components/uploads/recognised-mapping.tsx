import { CircleCheck } from 'lucide-react';

/** Names the template or saved mapping that a file was recognised as. */
export function RecognisedMapping({ name }: { name: string | null }) {
  if (name === null) {
    return (
      <p className="text-muted">The columns were matched by their names. Check them before you go on.</p>
    );
  }
  return (
    <p className="flex items-center gap-1.5 text-success">
      <CircleCheck aria-hidden className="size-4 shrink-0" />
      <span>
        Recognised as “<bdi>{name}</bdi>”
      </span>
    </p>
  );
}
