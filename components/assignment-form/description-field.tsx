'use client';

import { useState } from 'react';
import { FormField } from '@/components/assignment-form/form-field';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { Button } from '@/components/ui/button';
import { Markdown } from '@/components/ui/markdown';
import { TextArea } from '@/components/ui/text-area';

const MAX_LENGTH = 20_000;

/** The description with its length and, on demand, as it will be shown. */
export function DescriptionField({ form }: { form: AssignmentForm }) {
  const [isPreviewed, setIsPreviewed] = useState(false);
  const description = form.watch('description');
  return (
    <div className="flex flex-col gap-2 sm:col-span-6">
      <FormField
        form={form}
        name="description"
        hint={`Markdown. ${description.length.toLocaleString('en')} of ${MAX_LENGTH.toLocaleString('en')} characters.`}
      >
        <TextArea {...form.register('description')} dir="auto" rows={8} />
      </FormField>
      <div>
        <Button
          size="small"
          variant="ghost"
          aria-expanded={isPreviewed}
          onClick={() => setIsPreviewed(!isPreviewed)}
        >
          {isPreviewed ? 'Hide preview' : 'Show preview'}
        </Button>
      </div>
      {isPreviewed && (
        <section
          aria-label="Preview of the description"
          className="rounded-lg border border-line bg-surface p-4"
        >
          {description.trim() ? (
            <Markdown>{description}</Markdown>
          ) : (
            <p className="text-muted">Nothing to show yet.</p>
          )}
        </section>
      )}
    </div>
  );
}
