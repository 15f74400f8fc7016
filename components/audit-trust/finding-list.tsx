import Link from 'next/link';
import { FAULT_LABELS } from '@/components/audit-trust/fault-labels';
import { hrefOfItem } from '@/components/audit-trust/item-ref';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { hourStart } from '@/lib/shared/audit-hour';
import type { SealFinding } from '@/lib/shared/audit-seal';

/** More than anybody reads; the rest is counted. */
const MOST = 20;

/** What is wrong, the earliest hour first, with the events that it is about. */
export function FindingList({ findings }: { findings: readonly SealFinding[] }) {
  const left = findings.length - MOST;
  return (
    <>
      <ul className="flex flex-col gap-2">
        {findings.slice(0, MOST).map((finding) => (
          <li key={`${finding.hour}#${finding.fault}#${finding.items.join()}`}>
            <Finding {...finding} />
          </li>
        ))}
      </ul>
      {left > 0 && <p>{countOf(left, 'more fault')}.</p>}
    </>
  );
}

function Finding({ hour, fault, items, message }: SealFinding) {
  return (
    <>
      <p>
        <span className="font-medium">{FAULT_LABELS[fault]}</span>, hour from <Time value={hourStart(hour)} />
      </p>
      {items.length === 0 && <p className="break-words">{message}</p>}
      <ul className="flex flex-col">
        {items.slice(0, MOST).map((item) => (
          <li key={item} className="break-all font-mono text-xs leading-5">
            <Item item={item} />
          </li>
        ))}
      </ul>
      {items.length > MOST && <p>{countOf(items.length - MOST, 'more event')}</p>}
    </>
  );
}

function Item({ item }: { item: string }) {
  const href = hrefOfItem(item);
  return href ? (
    <Link href={href} scroll={false} className="text-accent underline underline-offset-2">
      {item}
    </Link>
  ) : (
    item
  );
}
