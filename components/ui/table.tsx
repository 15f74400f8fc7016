import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

/** A dense table in its own scroll area, which the keyboard reaches; the caption names both. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area without focus cannot be scrolled by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className="relative max-h-[max(24rem,calc(100dvh-15rem))] overflow-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

/** Stays in sight while the rows scroll. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-sunken">
      <tr>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="[&>tr:last-child>*]:border-b-0">{children}</tbody>;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...props}
      className={classNames('group hover:bg-hover/60 aria-selected:bg-accent-soft', className)}
    />
  );
}

type CellProps = { align?: 'start' | 'end'; children?: ReactNode; className?: string };

const cellStyle = ({ align, className }: CellProps, ...own: string[]) =>
  classNames(
    'border-line border-b px-3',
    align === 'end' ? 'text-right tabular-nums' : 'text-left',
    ...own,
    className,
  );

export function Cell(props: CellProps) {
  return <td className={cellStyle(props, 'h-10 py-1.5')}>{props.children}</td>;
}

/** The cell that names its row. */
export function RowHeaderCell(props: CellProps) {
  return (
    <th scope="row" className={cellStyle(props, 'h-10 py-1.5 font-medium')}>
      {props.children}
    </th>
  );
}

type HeaderCellProps = CellProps & {
  /** How the rows are sorted by this column; `none` where they could be. */
  sort?: 'ascending' | 'descending' | 'none';
  onSort?: () => void;
};

export function HeaderCell({ sort, onSort, children, ...props }: HeaderCellProps) {
  const Arrow = sort === 'descending' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={cellStyle(props, 'h-9 font-medium text-muted text-xs whitespace-nowrap')}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className="-mx-1 inline-flex h-6 items-center gap-1 rounded px-1 hover:bg-hover hover:text-ink"
        >
          {children}
          {sort !== 'none' && <Arrow aria-hidden className="size-3" />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}
