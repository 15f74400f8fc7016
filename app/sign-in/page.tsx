import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Logo } from '@/components/layout/brand';
import { SignInForm } from '@/components/session/sign-in-form';
import { isSignedIn } from '@/lib/server/page-session';
import { sitePath } from '@/lib/shared/site-path';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const target = sitePath(Array.isArray(next) ? next[0] : next);
  if (await isSignedIn()) redirect(target);
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <header className="flex flex-col items-center gap-3 text-center">
        <Logo />
        <h1 className="font-semibold text-xl tracking-tight">Sign in to Assignment Desk</h1>
      </header>
      <SignInForm target={target} />
    </main>
  );
}
