import { countOf, formatCount } from '@/components/ui/number-format';
import type { ActionPlan } from '@/lib/shared/failed-item';
import { fieldLabel } from '@/lib/shared/field-labels';

type Props = { preview: ActionPlan['preview']; total: number };

/** What a patch makes of the first few items, field by field, and what is wrong with the result. */
export function PatchPreview({ preview, total }: Props) {
  if (preview.length === 0) return null;
  return (
    <section aria-label="Preview of the changes" className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">
        {preview.length < total
          ? `The first ${formatCount(preview.length)} of ${formatCount(total)}`
          : `What changes in ${countOf(total, 'item')}`}
      </h3>
      <ul className="divide-y divide-line rounded-lg border border-line text-sm">
        {preview.map(({ id, title, changes, problem }) => (
          <li key={id} className="px-3 py-2">
            <bdi className="break-words font-medium">{title || id}</bdi>
            {changes.length === 0 && !problem && <p className="text-muted">Stays as it is.</p>}
            <ul>
              {changes.map(({ field, before, after }) => (
                <li key={field} className="break-words">
                  <span className="text-muted">{fieldLabel(field)}: </span>
                  <del className="text-muted">
                    <bdi>{before || 'none'}</bdi>
                  </del>
                  <span aria-hidden> → </span>
                  <ins className="no-underline">
                    <bdi>{after || 'none'}</bdi>
                  </ins>
                </li>
              ))}
            </ul>
            {problem && <p className="text-danger">{problem}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
