import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

type Props = {
  /** Names what is paged: "Pages of courses". */
  label: string;
  /** Undefined where there is no such page. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  previousLabel?: string;
  nextLabel?: string;
  /** What is shown now: "25 courses". */
  children?: ReactNode;
};

/** Steps through a list that knows its next page but not its length. */
export function Pagination({ label, onPrevious, onNext, children, ...labels }: Props) {
  const { previousLabel = 'Previous', nextLabel = 'Next' } = labels;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-2 text-sm">
      <p className="text-muted">{children}</p>
      <div className="flex gap-2">
        <Button size="small" disabled={!onPrevious} onClick={onPrevious}>
          <ChevronLeft aria-hidden className="size-3.5" />
          {previousLabel}
        </Button>
        <Button size="small" disabled={!onNext} onClick={onNext}>
          {nextLabel}
          <ChevronRight aria-hidden className="size-3.5" />
        </Button>
      </div>
    </nav>
  );
}
