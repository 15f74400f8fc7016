'use client';

import { Menu as MenuIcon, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Brand } from '@/components/layout/brand';
import { CourseSwitcher } from '@/components/layout/course-switcher';
import { KeyboardHelp } from '@/components/layout/keyboard-help';
import { Navigation } from '@/components/layout/navigation';
import { useShellShortcuts } from '@/components/layout/use-shell-shortcuts';
import { UserMenu } from '@/components/layout/user-menu';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { Theme } from '@/lib/shared/theme';

const PANEL_ID = 'shell-panel';
const MAIN_ID = 'main';

/** The frame of every page: a sidebar, or on narrow screens a bar with a menu, beside the page itself. */
export function AppShell({ theme, children }: { theme: Theme; children: ReactNode }) {
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const pathname = usePathname();
  // The menu belongs to the page on which it was opened, so going elsewhere closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isMenuOpen = openOn === pathname;
  useShellShortcuts(() => setIsHelpOpen(true));

  return (
    <div className="md:grid md:h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="sticky top-0 z-20 flex flex-col border-line border-b bg-sunken md:border-r md:border-b-0">
        <div className="flex h-12 shrink-0 items-center justify-between px-4 md:px-5">
          <Brand />
          <MenuButton isOpen={isMenuOpen} onToggle={() => setOpenOn(isMenuOpen ? null : pathname)} />
        </div>
        <div
          id={PANEL_ID}
          className={`${isMenuOpen ? 'flex' : 'hidden'} flex-1 flex-col gap-3 px-3 pb-3 md:flex`}
        >
          <CourseSwitcher />
          <Navigation />
          <div className="mt-auto">
            <UserMenu theme={theme} onHelp={() => setIsHelpOpen(true)} />
          </div>
        </div>
      </header>
      <main id={MAIN_ID} tabIndex={-1} className="min-w-0 outline-none md:overflow-y-auto">
        <div className="mx-auto flex max-w-7xl flex-col gap-4 p-4 md:px-8 md:py-6">{children}</div>
      </main>
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </div>
  );
}

function SkipLink() {
  return (
    <a
      href={`#${MAIN_ID}`}
      className="fixed top-2 left-2 z-30 rounded-md bg-accent-solid px-3 py-2 font-medium text-on-solid not-focus:sr-only"
    >
      Skip to content
    </a>
  );
}

function MenuButton({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  const Icon = isOpen ? X : MenuIcon;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={PANEL_ID}
      onClick={onToggle}
      className="inline-flex size-9 items-center justify-center rounded-md hover:bg-hover md:hidden"
    >
      <Icon aria-hidden className="size-5" />
      <VisuallyHidden>Menu</VisuallyHidden>
    </button>
  );
}
