'use client';

import { ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuChoice, MenuGroup, MenuHeading, MenuItem } from '@/components/ui/menu';
import { useSignOut } from '@/lib/client/session';
import { useSession } from '@/lib/client/session-context';
import { switchTheme } from '@/lib/client/theme';
import { SIGN_IN_PATH } from '@/lib/shared/site-path';
import type { Theme } from '@/lib/shared/theme';

const THEME_CHOICES = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
] as const;

type Props = { theme: Theme; onHelp: () => void };

/** Who is signed in, how the pages look, and the way out. */
export function UserMenu({ theme: initialTheme, onHelp }: Props) {
  const { user } = useSession();
  const [theme, setTheme] = useState(initialTheme);
  const signOut = useSignOut();

  function choose(chosen: Theme) {
    setTheme(chosen);
    switchTheme(chosen);
  }

  function leave() {
    signOut.mutate(undefined, { onSuccess: () => window.location.assign(SIGN_IN_PATH) });
  }

  return (
    <>
      {signOut.error && (
        <p role="alert" className="px-2 text-danger text-sm">
          You are still signed in: {signOut.error.message}
        </p>
      )}
      <Menu
        label={`Account of ${user.name}`}
        placement="top start"
        triggerClassName="flex w-full items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover"
        trigger={<Account name={user.name} role={user.role} />}
      >
        <MenuHeading lines={[user.name, user.email, `${user.role}, ${user.department}`]} />
        <MenuChoice title="Theme" value={theme} onChange={choose} choices={THEME_CHOICES} />
        <MenuGroup title="Actions">
          <MenuItem icon={<Keyboard aria-hidden />} onAction={onHelp}>
            Keyboard shortcuts
          </MenuItem>
          <MenuItem icon={<LogOut aria-hidden />} onAction={leave}>
            Sign out
          </MenuItem>
        </MenuGroup>
      </Menu>
    </>
  );
}

function Account({ name, role }: { name: string; role: string }) {
  return (
    <>
      <span
        aria-hidden
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent text-xs"
      >
        {initialsOf(name)}
      </span>
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-medium text-sm">{name}</span>
        <span className="block text-muted text-xs capitalize">{role}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </>
  );
}

/** The first letters of the first and the last name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('');
}
