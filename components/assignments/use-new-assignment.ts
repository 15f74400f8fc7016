'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { dropDraft, keepDraft, readDraft } from '@/lib/client/assignment-draft';
import { useCreateAssignment } from '@/lib/client/assignments';
import { AppError } from '@/lib/shared/app-error';
import type { NewAssignment } from '@/lib/shared/assignment';
import { type AssignmentFormValues, EMPTY_FORM } from '@/lib/shared/assignment-form';

type Options = {
  /** Names the draft of this form among those of the tab. */
  draftName: string;
  initial: AssignmentFormValues;
};

type Created = { assignmentId: string; title: string };

/**
 * A form for a new assignment and the one key under which it is sent, however often. Both survive a reload; both are
 * new once the assignment is created.
 */
export function useNewAssignment({ draftName, initial }: Options) {
  const router = useRouter();
  const form = useAssignmentForm(initial);
  const create = useCreateAssignment();
  const [idempotencyKey, setIdempotencyKey] = useState(newKey);
  const [isRestored, setIsRestored] = useState(false);
  const [created, setCreated] = useState<Created>();
  const isSending = useRef(false);

  const restoreDraft = useEffectEvent(() => {
    const draft = readDraft(draftName);
    if (!draft) return;
    setIdempotencyKey(draft.idempotencyKey);
    form.reset(draft.values, { keepDefaultValues: true });
    setIsRestored(true);
  });
  useEffect(() => restoreDraft(), []);

  const keep = useEffectEvent((values: AssignmentFormValues) =>
    keepDraft(draftName, { values, idempotencyKey }),
  );
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) }),
    [form.subscribe],
  );

  function startOver(values = initial) {
    create.reset();
    form.reset(values);
    setIdempotencyKey(newKey());
    setIsRestored(false);
    dropDraft(draftName);
  }

  async function send(input: NewAssignment, andThen: 'open' | 'another', key = idempotencyKey) {
    if (isSending.current) return;
    isSending.current = true;
    try {
      const { assignmentId } = await create.mutateAsync({ input, idempotencyKey: key });
      const { courseId, type, status } = form.getValues();
      startOver({ ...EMPTY_FORM, courseId, type, status });
      if (andThen === 'open') router.push(`/assignments/${encodeURIComponent(assignmentId)}?done=created`);
      else setCreated({ assignmentId, title: input.title });
    } catch (thrown) {
      // The mutation keeps the error for the page to show; here its fields are marked.
      if (thrown instanceof AppError) form.showRefusal(thrown);
    } finally {
      isSending.current = false;
    }
  }

  return {
    form,
    create,
    created,
    isRestored,
    startOver: () => startOver(),
    send: (andThen: 'open' | 'another') => form.submitWith((input) => send(input, andThen)),
    /** For a form whose key has already created something else. */
    sendAsNew: form.submitWith((input) => {
      const key = newKey();
      setIdempotencyKey(key);
      return send(input, 'open', key);
    }),
  };
}

/** 128 random bits. Not `crypto.randomUUID`, which a page opened without HTTPS does not have. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
