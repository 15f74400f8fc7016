'use client';

import { useQuery } from '@tanstack/react-query';
import { Activity, BookOpen, ClipboardList, FileStack, Scale, ScrollText, Undo2, Wrench } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatCount } from '@/components/ui/number-format';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { firingCountQuery } from '@/lib/client/alerts';
import { unresolvedTotalQuery } from '@/lib/client/failed-items';
import { useMay, useSession } from '@/lib/client/session-context';
import type { Permission } from '@/lib/shared/permissions';

type Destination = {
  href: string;
  label: string;
  icon: typeof BookOpen;
  permission: Permission;
  /** How much waits there for somebody. */
  count?: typeof UnresolvedCount;
};

const DESTINATIONS: Destination[] = [
  { href: '/assignments', label: 'Assignments', icon: ClipboardList, permission: 'assignment:read' },
  { href: '/courses', label: 'Courses', icon: BookOpen, permission: 'course:read' },
  { href: '/batches', label: 'Batches', icon: FileStack, permission: 'batch:read' },
  {
    href: '/failed-items',
    label: 'Failed items',
    icon: Wrench,
    permission: 'failed-item:read',
    count: UnresolvedCount,
  },
  {
    href: '/metrics',
    label: 'Metrics',
    icon: Activity,
    permission: 'metrics:read',
    count: FiringCount,
  },
  { href: '/consistency', label: 'Consistency', icon: Scale, permission: 'consistency:read' },
  { href: '/rollbacks', label: 'Rollback', icon: Undo2, permission: 'rollback:read' },
  { href: '/audit-log', label: 'Audit trail', icon: ScrollText, permission: 'audit:read' },
];

/** The places of the product that this person may go to. */
export function Navigation() {
  const pathname = usePathname();
  const { permissions } = useSession();
  const open = DESTINATIONS.filter(({ permission }) => permissions.includes(permission));
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {open.map(({ href, label, icon: Icon, count: Count }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={currentState(pathname, href)}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
            >
              <Icon aria-hidden className="size-4" />
              {label}
              {Count && <Count />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Says nothing while it is not known: a menu is no place for errors. */
function UnresolvedCount() {
  const { data } = useQuery(unresolvedTotalQuery());
  if (!data) return null;
  return (
    <span className="ml-auto rounded bg-danger-soft px-1.5 text-danger text-xs tabular-nums leading-5">
      {formatCount(data)}
      <VisuallyHidden> unresolved</VisuallyHidden>
    </span>
  );
}

/** Alerts that fire and are not silenced. */
function FiringCount() {
  const { data } = useQuery({ ...firingCountQuery(), enabled: useMay('alert:read') });
  if (!data) return null;
  return (
    <span className="ml-auto rounded bg-danger-soft px-1.5 text-danger text-xs tabular-nums leading-5">
      {formatCount(data)}
      <VisuallyHidden> {data === 1 ? 'alert fires' : 'alerts fire'}</VisuallyHidden>
    </span>
  );
}

/** `page` on the page itself, `true` on the pages below it. */
function currentState(pathname: string, href: string): 'page' | 'true' | undefined {
  if (pathname === href) return 'page';
  return pathname.startsWith(`${href}/`) ? 'true' : undefined;
}
