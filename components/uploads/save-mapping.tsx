'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import type { MappingState } from '@/components/uploads/use-mapping';
import { useSaveMapping } from '@/lib/client/batch-mappings';

type Props = { columns: string[]; state: MappingState };

/** Keeps the mapping under a name, so that the next file with this header is recognised. */
export function SaveMapping({ columns, state }: Props) {
  const [name, setName] = useState('');
  const [isNameMissing, setIsNameMissing] = useState(false);
  const save = useSaveMapping();
  if (state.name !== null) return null;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    setIsNameMissing(name.trim() === '');
    if (name.trim() !== '') save.mutate({ name: name.trim(), columns, mapping: state.mapping });
  }

  return (
    <Disclosure summary="Save these choices for next time">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <Field
          label="Name of the mapping"
          className="w-64"
          error={isNameMissing ? 'Give the mapping a name' : undefined}
          hint="Files with the same columns will be recognised by it."
        >
          <TextInput maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <Button type="submit" isPending={save.isPending} className="mt-6">
          Save mapping
        </Button>
      </form>
      <p role="status" className="text-sm text-success">
        {save.data && `Saved as “${save.data.name}”.`}
      </p>
      {save.error && <ErrorState title="The mapping was not saved" error={save.error} />}
    </Disclosure>
  );
}
