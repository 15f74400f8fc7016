'use client';

import { BookOpen, ClipboardList, FileStack, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useSession } from '@/lib/client/session-context';
import type { Permission } from '@/lib/shared/permissions';

type Destination = { href: string; label: string; icon: typeof BookOpen; permission: Permission };

const DESTINATIONS: Destination[] = [
  { href: '/assignments', label: 'Assignments', icon: ClipboardList, permission: 'assignment:read' },
  { href: '/courses', label: 'Courses', icon: BookOpen, permission: 'course:read' },
  { href: '/batches', label: 'Batches', icon: FileStack, permission: 'batch:read' },
  { href: '/rollbacks', label: 'Rollback', icon: Undo2, permission: 'rollback:read' },
];

/** The places of the product that this person may go to. */
export function Navigation() {
  const pathname = usePathname();
  const { permissions } = useSession();
  const open = DESTINATIONS.filter(({ permission }) => permissions.includes(permission));
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {open.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={currentState(pathname, href)}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
            >
              <Icon aria-hidden className="size-4" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** `page` on the page itself, `true` on the pages below it. */
function currentState(pathname: string, href: string): 'page' | 'true' | undefined {
  if (pathname === href) return 'page';
  return pathname.startsWith(`${href}/`) ? 'true' : undefined;
}
