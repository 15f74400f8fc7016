'use client';

import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { causeSentence } from '@/components/failed-items/cause-sentence';
import { itemName, itemPath, KIND_LABELS } from '@/components/failed-items/failed-item-labels';
import { ItemStateBadge } from '@/components/failed-items/item-state-badge';
import { STOP_TARGET, stopAttribute } from '@/components/failed-items/triage-stops';
import type { ItemSelection } from '@/components/failed-items/use-selection';
import { formatCount } from '@/components/ui/number-format';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

type Props = {
  caption: string;
  items: readonly FailedItemSummary[];
  selection: ItemSelection;
  /** Those who may do nothing with items need not select them. */
  isSelectable: boolean;
  isPendingFor: (id: string) => boolean;
  /** Of rows with different causes. */
  hasCause?: boolean;
  order: 'asc' | 'desc';
  onSort: () => void;
};

/** One row per failed item; the whole row leads to it. */
export function ItemTable({ caption, items, selection, order, onSort, ...props }: Props) {
  const { isSelectable, hasCause = false, isPendingFor } = props;
  return (
    <Table caption={caption}>
      <TableHead>
        {isSelectable && <SelectPageCell items={items} selection={selection} />}
        <HeaderCell>Title</HeaderCell>
        <HeaderCell>Course</HeaderCell>
        {hasCause && <HeaderCell>Cause</HeaderCell>}
        <HeaderCell>State</HeaderCell>
        <HeaderCell align="end">Attempts</HeaderCell>
        <HeaderCell sort={order === 'asc' ? 'ascending' : 'descending'} onSort={onSort}>
          First failed
        </HeaderCell>
        <HeaderCell>Last attempt</HeaderCell>
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <ItemRow
            key={item.id}
            item={item}
            selection={isSelectable ? selection : undefined}
            isPending={isPendingFor(item.id)}
            hasCause={hasCause}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function SelectPageCell({ items, selection }: Pick<Props, 'items' | 'selection'>) {
  return (
    <HeaderCell className="w-8 pr-0!">
      <label className="flex size-6 items-center justify-center">
        <VisuallyHidden>Select this page</VisuallyHidden>
        <input
          type="checkbox"
          checked={items.length > 0 && items.every(selection.has)}
          onChange={() => selection.toggle(items)}
          className="size-4 accent-accent-solid"
        />
      </label>
    </HeaderCell>
  );
}

type RowProps = {
  item: FailedItemSummary;
  selection: ItemSelection | undefined;
  isPending: boolean;
  hasCause: boolean;
};

function ItemRow({ item, selection, isPending, hasCause }: RowProps) {
  const isSelected = selection?.has(item) ?? false;
  return (
    // Times and checkbox lie above the link that fills the row.
    <TableRow
      {...stopAttribute({ kind: 'item', id: item.id })}
      className={`relative [&_time]:relative ${isSelected ? 'bg-accent-soft' : ''}`}
    >
      {selection && (
        <Cell className="w-8 pr-0!">
          <label className="relative z-1 flex size-6 items-center justify-center">
            <VisuallyHidden>Select {itemName(item)}</VisuallyHidden>
            <input
              type="checkbox"
              checked={isSelected}
              onChange={() => selection.toggle([item])}
              className="size-4 accent-accent-solid"
            />
          </label>
        </Cell>
      )}
      <RowHeaderCell className="min-w-48 max-w-md">
        <Link href={itemPath(item.id)} className="rounded after:absolute after:inset-0" {...STOP_TARGET}>
          <bdi className="line-clamp-2 break-words">{itemName(item)}</bdi>
        </Link>
        <span className="block font-normal text-muted text-xs">{originOf(item)}</span>
      </RowHeaderCell>
      <Cell className="whitespace-nowrap">{item.courseId}</Cell>
      {hasCause && <Cell className="min-w-56">{causeSentence(item).sentence}</Cell>}
      <Cell>
        <span className="flex items-center gap-1.5">
          <ItemStateBadge state={item.state} />
          {isPending && <LoaderCircle aria-hidden className="size-3.5 animate-spin text-muted" />}
        </span>
      </Cell>
      <Cell align="end">{formatCount(item.attemptCount)}</Cell>
      <Cell className="text-muted">
        <Time value={item.firstAt} />
      </Cell>
      <Cell className="text-muted">
        <Time value={item.lastAt} />
      </Cell>
    </TableRow>
  );
}

function originOf({ kind, rowNumber }: FailedItemSummary): string {
  return rowNumber === null ? KIND_LABELS[kind] : `Row ${formatCount(rowNumber)}`;
}
