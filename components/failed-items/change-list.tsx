import { type AssignmentFormValues, DATE_FIELDS } from '@/lib/shared/assignment-form';
import { FIELD_LABELS, type FieldName } from '@/lib/shared/field-labels';

type Props = { fields: readonly FieldName[]; before: AssignmentFormValues; after: AssignmentFormValues };

/** What an edit changes, before it is saved. */
export function ChangeList({ fields, before, after }: Props) {
  return (
    <section aria-label="What changes" className="rounded-lg border border-line bg-sunken px-4 py-3 text-sm">
      <h3 className="font-medium">What changes</h3>
      {fields.length === 0 ? (
        <p className="text-muted">Nothing yet.</p>
      ) : (
        <dl className="mt-1 flex flex-col gap-1">
          {fields.map((field) => (
            <div key={field} className="grid grid-cols-1 gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <dt className="text-muted">{FIELD_LABELS[field]}</dt>
              <dd className="min-w-0 break-words">
                <del className="text-muted">
                  <Value field={field} text={before[field]} />
                </del>
                <span aria-hidden> → </span>
                <ins className="no-underline">
                  <Value field={field} text={after[field]} />
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Value({ field, text }: { field: FieldName; text: string }) {
  if (text === '') return <span className="text-muted">none</span>;
  const isDate = DATE_FIELDS.some((date) => date === field);
  return <bdi className="whitespace-pre-line">{isDate ? text.replace('T', ', ') : text}</bdi>;
}
