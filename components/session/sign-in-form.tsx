'use client';

import { type FormEvent, useState } from 'react';
import * as z from 'zod';
import { PasswordInput } from '@/components/session/password-input';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';
import { useSignIn } from '@/lib/client/session';
import type { AppError } from '@/lib/shared/app-error';
import { signInSchema } from '@/lib/shared/sign-in';

type Problems = Partial<Record<'email' | 'password', string[]>>;

/** Signs in and goes on to `target`, a path of this site. Whatever fails, the email stays. */
export function SignInForm({ target }: { target: string }) {
  const [problems, setProblems] = useState<Problems>({});
  const signIn = useSignIn();
  const isPending = signIn.isPending || signIn.isSuccess;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const parsed = signInSchema.safeParse(Object.fromEntries(new FormData(form)));
    setProblems(parsed.success ? {} : z.flattenError(parsed.error).fieldErrors);
    if (!parsed.success) return focusField(form, parsed.error.issues[0]?.path[0]);
    signIn.mutate(parsed.data, {
      // A whole new page, so that nothing rendered for the visitor before stays.
      onSuccess: () => window.location.assign(target),
      onError: () => focusField(form, 'password'),
    });
  }

  return (
    // POST, so that a submit before the scripts run can never put the password into the address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {signIn.error && <SignInError error={signIn.error} />}
      <Field label="Email" error={problems.email?.[0]} isRequired>
        <TextInput name="email" type="email" autoComplete="username" className="h-9" />
      </Field>
      <Field label="Password" error={problems.password?.[0]} isRequired>
        <PasswordInput name="password" autoComplete="current-password" className="h-9" />
      </Field>
      <Button type="submit" variant="primary" isPending={isPending} className="h-9">
        {isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

function SignInError({ error }: { error: AppError }) {
  const isWrong = error.code === 'UNAUTHENTICATED';
  return (
    <ErrorState
      title="You are not signed in"
      error={error}
      {...(isWrong ? { remedy: 'Check both, then try again.' } : {})}
    />
  );
}

function focusField(form: HTMLFormElement, name: PropertyKey | undefined) {
  const field = typeof name === 'string' ? form.elements.namedItem(name) : null;
  if (field instanceof HTMLInputElement) field.focus();
}
