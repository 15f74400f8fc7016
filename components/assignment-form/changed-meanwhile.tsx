'use client';

import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Time } from '@/components/ui/time';
import { type AssignmentFormValues, changedFields, DATE_FIELDS } from '@/lib/shared/assignment-form';
import { FIELD_LABELS, type FieldName } from '@/lib/shared/field-labels';

export type EditConflict = {
  /** What is stored now, and since when, where that is known. */
  version: number;
  savedAt: string | null;
  theirValues: AssignmentFormValues;
  baseValues: AssignmentFormValues;
  myValues: AssignmentFormValues;
  keepMine: () => void;
  takeTheirs: () => void;
};

type Props = { conflict: EditConflict; noun?: string };

/** Somebody else saved first: both versions field by field, and the choice between them. */
export function ChangedMeanwhile({ conflict, noun = 'assignment' }: Props) {
  const { version, savedAt, theirValues, baseValues, myValues, keepMine, takeTheirs } = conflict;
  const differing = changedFields(theirValues, myValues);
  const mine = new Set(changedFields(baseValues, myValues));
  return (
    <Callout tone="warning" role="alert" title={`Somebody else changed this ${noun} while you edited it`}>
      <p>
        Version {version} was saved
        {savedAt !== null && (
          <>
            {' '}
            at <Time value={savedAt} />
          </>
        )}
        . Nothing of yours is lost.
      </p>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-left text-sm">
          <caption className="sr-only">Where the two versions differ</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="py-1 pr-4 font-medium">
                Field
              </th>
              <th scope="col" className="py-1 pr-4 font-medium">
                Saved now
              </th>
              <th scope="col" className="py-1 font-medium">
                In your form
              </th>
            </tr>
          </thead>
          <tbody>
            {differing.map((field) => (
              <tr key={field} className="align-top">
                <th scope="row" className="py-1 pr-4 font-medium">
                  {FIELD_LABELS[field]}
                </th>
                <td className="max-w-xs break-words py-1 pr-4">
                  <Value field={field} values={theirValues} />
                </td>
                <td className="max-w-xs break-words py-1">
                  <Value field={field} values={myValues} />
                  {!mine.has(field) && <span className="text-muted"> (not changed by you)</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" variant="primary" onClick={keepMine}>
          Keep my changes on top
        </Button>
        <Button size="small" onClick={takeTheirs}>
          Discard my changes
        </Button>
      </div>
    </Callout>
  );
}

/** What a form holds in a field, as people read it; a long text by its beginning. */
function Value({ field, values }: { field: FieldName; values: AssignmentFormValues }) {
  const text = values[field];
  if (text === '') return <span className="text-muted">none</span>;
  const isDate = DATE_FIELDS.some((date) => date === field);
  return <bdi className="line-clamp-6 whitespace-pre-line">{isDate ? text.replace('T', ', ') : text}</bdi>;
}
