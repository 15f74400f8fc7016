'use client';

import { type FormEvent, useState } from 'react';
import { TimeRange } from '@/components/rollbacks/time-range';
import type { RollbackUrl } from '@/components/rollbacks/use-rollback-url';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { toInstant } from '@/lib/shared/course-time';
import { fieldErrors } from '@/lib/shared/field-errors';
import { type RollbackKind, rollbackInputSchema } from '@/lib/shared/rollback';

type Props = RollbackUrl & { kind: RollbackKind };
type Errors = Record<string, string>;

/** Names what is to be rolled back; its plan follows. */
export function SubjectForm({ kind, url, show }: Props) {
  const timeZone = useTimeZone();
  const [errors, setErrors] = useState<Errors>({});

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = valuesOf(new FormData(event.currentTarget), timeZone);
    const result = rollbackInputSchema.safeParse({ kind, ...typed.values });
    const wrong = result.success ? [] : fieldErrors(result.error, typed.values);
    const found = {
      ...Object.fromEntries(wrong.map(({ field, message }) => [field, message])),
      ...typed.errors,
    };
    setErrors(found);
    if (result.success && Object.keys(found).length === 0) void show(result.data);
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-3">
      {kind === 'create' && (
        <Field label="Assignment ID" error={errors.assignmentId} isRequired className="w-full sm:w-96">
          <TextInput
            name="assignmentId"
            defaultValue={url.assignmentId}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      {kind === 'batch' && (
        <Field label="Batch ID" error={errors.batchId} isRequired className="w-full sm:w-96">
          <TextInput name="batchId" defaultValue={url.batchId} autoComplete="off" spellCheck={false} />
        </Field>
      )}
      {kind === 'actor' && (
        <>
          <Field label="User ID or email" error={errors.actor} isRequired className="w-full sm:w-72">
            <TextInput name="actor" defaultValue={url.actor} autoComplete="off" spellCheck={false} />
          </Field>
          <TimeRange key={timeZone} from={url.from} to={url.to} timeZone={timeZone} errors={errors} />
        </>
      )}
      <Button type="submit" variant="primary" className="sm:mt-6">
        Show the plan
      </Button>
    </form>
  );
}

const TIMES = ['from', 'to'] as const;

/** What was typed, times as instants; a time that the clocks skip is an error of its own. */
function valuesOf(form: FormData, timeZone: string) {
  const values: Record<string, string> = {};
  const errors: Errors = {};
  for (const [name, value] of form) values[name] = String(value);
  for (const name of TIMES) {
    const text = values[name];
    if (text === undefined) continue;
    const time = toInstant(text, timeZone);
    if ('problem' in time) errors[name] = time.problem;
    else values[name] = time.instant;
  }
  return { values, errors };
}
