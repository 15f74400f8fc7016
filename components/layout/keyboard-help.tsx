'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { switchShortcuts, useShortcutSetting } from '@/components/ui/shortcut-setting';
import { useSession } from '@/lib/client/session-context';
import type { Permission } from '@/lib/shared/permissions';

type Shortcut = { keys: string[]; does: string; permission?: Permission };

const SHORTCUTS: Shortcut[] = [
  { keys: ['g', 'a'], does: 'Go to assignments' },
  { keys: ['g', 'c'], does: 'Go to courses' },
  { keys: ['g', 'b'], does: 'Go to batches', permission: 'batch:read' },
  { keys: ['g', 'f'], does: 'Go to failed items', permission: 'failed-item:read' },
  { keys: ['/'], does: 'Search on this page' },
  { keys: ['?'], does: 'Show this help' },
  { keys: ['n'], does: 'New assignment', permission: 'assignment:create' },
  { keys: ['j'], does: 'Next row of a list' },
  { keys: ['k'], does: 'Previous row of a list' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['J'], does: 'Next cause of failed items', permission: 'failed-item:read' },
  { keys: ['K'], does: 'Previous cause of failed items', permission: 'failed-item:read' },
  { keys: ['x'], does: 'Select the failed item', permission: 'failed-item:retry' },
  { keys: ['r'], does: 'Retry what is selected, or the row', permission: 'failed-item:retry' },
  {
    keys: ['e'],
    does: 'Edit the failed item, or change all that are selected',
    permission: 'failed-item:edit',
  },
  { keys: ['s'], does: 'Snooze it', permission: 'failed-item:retry' },
  { keys: ['d'], does: 'Discard it', permission: 'failed-item:discard' },
  { keys: ['u'], does: 'Take back the last discard or snooze', permission: 'failed-item:discard' },
];

/** Every key of the product, and the switch for those who would rather have none. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { permissions } = useSession();
  const isOn = useShortcutSetting();
  const shortcuts = SHORTCUTS.filter(({ permission }) => !permission || permissions.includes(permission));
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts">
      <dl className="flex flex-col">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-4 border-line border-b py-2">
            <dt>{does}</dt>
            <dd className="flex items-center gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => switchShortcuts(event.target.checked)}
          className="size-4 accent-accent-solid"
        />
        Use single-key shortcuts
      </label>
    </Dialog>
  );
}
