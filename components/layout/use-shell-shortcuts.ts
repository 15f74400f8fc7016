'use client';

import { useRouter } from 'next/navigation';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import { useMay } from '@/lib/client/session-context';

/** The keys that work on every page. */
export function useShellShortcuts(showHelp: () => void) {
  const router = useRouter();
  const mayCreate = useMay('assignment:create');
  useShortcuts({
    'g a': () => router.push('/assignments'),
    'g c': () => router.push('/courses'),
    '/': focusSearch,
    '?': showHelp,
    ...(mayCreate ? { n: () => router.push('/assignments/new') } : {}),
  });
}

/** Every page with a search has one field for it, of the type that browsers know. */
function focusSearch() {
  document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
}
