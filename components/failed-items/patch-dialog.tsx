'use client';

import { type FormEvent, useId, useState } from 'react';
import type { Aim } from '@/components/failed-items/aim';
import { PatchControl } from '@/components/failed-items/patch-control';
import { type TypedFields, toPatch } from '@/components/failed-items/patch-fields';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { firstFocus } from '@/components/ui/first-focus';
import { Select } from '@/components/ui/select';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { CONTENT_FIELDS } from '@/lib/shared/assignment';
import { EMPTY_FORM } from '@/lib/shared/assignment-form';
import type { PayloadPatch } from '@/lib/shared/failed-item';
import { FIELD_LABELS, type FieldName, isFieldName } from '@/lib/shared/field-labels';

type Props = {
  aim: Aim;
  /** The field that is wrong, where that is known: it is offered first. */
  field: string | null;
  onConfirm: (patch: PayloadPatch) => void;
  onCancel: () => void;
};

/** Asks which fields to set in all of some items; what comes of it is shown before anything is written. */
export function PatchDialog({ aim, field, onConfirm, onCancel }: Props) {
  const formId = useId();
  const timeZone = useTimeZone();
  const [typed, setTyped] = useState<TypedFields>(() => startWith(field));
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const left = CONTENT_FIELDS.filter((name) => !typed.has(name));

  const set = (name: FieldName, text: string) => setTyped((last) => new Map(last).set(name, text));

  function remove(name: FieldName) {
    setTyped((last) => new Map([...last].filter(([other]) => other !== name)));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const { patch, problems: found } = toPatch(typed, timeZone);
    setProblems(found ?? new Map());
    if (patch) onConfirm(patch);
  }

  return (
    <Dialog
      isOpen
      onClose={onCancel}
      title={`Change ${aim.name} and retry`}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={typed.size === 0}>
            Preview
          </Button>
        </>
      }
    >
      <form ref={firstFocus} id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-muted">The same value is set in each of them. Other fields stay as they are.</p>
        {[...typed].map(([name, text]) => (
          <PatchControl
            key={name}
            name={name}
            text={text}
            error={problems.get(name)}
            onChange={(next) => set(name, next)}
            onRemove={() => remove(name)}
          />
        ))}
        {left.length > 0 && (
          <Field label={typed.size === 0 ? 'Field to set' : 'Another field'} className="max-w-52">
            <Select
              value=""
              onChange={({ target }) =>
                isFieldName(target.value) && set(target.value, EMPTY_FORM[target.value])
              }
            >
              <option value="">Choose a field</option>
              {left.map((name) => (
                <option key={name} value={name}>
                  {FIELD_LABELS[name]}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </form>
    </Dialog>
  );
}

function startWith(field: string | null): TypedFields {
  return field !== null && isFieldName(field) ? new Map([[field, EMPTY_FORM[field]]]) : new Map();
}
