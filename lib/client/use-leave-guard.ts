'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { guardLeaving } from '@/lib/client/leave-guard';

/**
 * Asks before unsaved work is left: the browser's own question for closing and reloading, ours for links, shortcuts and
 * the course switcher. Answers whether to ask, and what to do with the answer.
 */
export function useLeaveGuard(isUnsaved: boolean) {
  const router = useRouter();
  const [held, setHeld] = useState<{ go: () => void }>();

  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (go: () => void) => setHeld({ go });
    const askBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const holdLink = (event: MouseEvent) => {
      const href = plainLinkOf(event);
      if (href === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => router.push(href));
    };
    const release = guardLeaving(ask);
    window.addEventListener('beforeunload', askBeforeUnload);
    // In the capture phase, before the router's own link handler.
    document.addEventListener('click', holdLink, { capture: true });
    return () => {
      release();
      window.removeEventListener('beforeunload', askBeforeUnload);
      document.removeEventListener('click', holdLink, { capture: true });
    };
  }, [isUnsaved, router]);

  return {
    isAsking: held !== undefined,
    stay: () => setHeld(undefined),
    leave: () => {
      setHeld(undefined);
      held?.go();
    },
  };
}

/** The path of a link on this site that a plain click would follow in this tab. */
function plainLinkOf(event: MouseEvent): string | undefined {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.target === '_blank' || link.origin !== location.origin) return undefined;
  const isOnPage = link.pathname === location.pathname && link.hash !== '';
  return isOnPage ? undefined : link.pathname + link.search + link.hash;
}
