'use client';

import { useRouter } from 'next/navigation';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import { leaveFor } from '@/lib/client/leave-guard';
import { useMay } from '@/lib/client/session-context';

/** The keys that work on every page. */
export function useShellShortcuts(showHelp: () => void) {
  const router = useRouter();
  const mayCreate = useMay('assignment:create');
  const mayReadBatches = useMay('batch:read');
  const mayReadFailedItems = useMay('failed-item:read');
  const goTo = (path: string) => leaveFor(() => router.push(path));
  useShortcuts({
    'g a': () => goTo('/assignments'),
    'g c': () => goTo('/courses'),
    ...(mayReadBatches ? { 'g b': () => goTo('/batches') } : {}),
    ...(mayReadFailedItems ? { 'g f': () => goTo('/failed-items') } : {}),
    '/': focusSearch,
    '?': showHelp,
    ...(mayCreate ? { n: () => goTo('/assignments/new') } : {}),
  });
}

/** Every page with a search has one field for it, of the type that browsers know. */
function focusSearch() {
  document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
}
