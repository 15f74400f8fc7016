import { lookOf } from '@/components/charts/series-looks';

/** What the colors of a chart stand for. */
export function Legend({ names, label }: { names: readonly string[]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-3 gap-y-0.5 text-muted text-xs">
      {names.map((name, index) => (
        <li key={name} className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className={`size-2.5 shrink-0 rounded-sm ${lookOf(index).swatch}`} />
          <span className="break-all">{name}</span>
        </li>
      ))}
    </ul>
  );
}
