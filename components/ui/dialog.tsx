'use client';

import { X } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from '@/components/ui/class-names';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** `side` is for reading along: the page stays in sight beside it. */
  placement?: 'center' | 'side';
};

const PLACEMENTS = {
  center: { dialog: 'm-auto w-[min(32rem,calc(100vw-2rem))] rounded-xl', inside: 'max-h-[85dvh]' },
  side: {
    dialog: 'mr-0 ml-auto h-dvh max-h-none w-[min(40rem,100vw)] max-w-none rounded-none',
    inside: 'h-full',
  },
};

/** A modal dialog: the browser's own keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ isOpen, onClose, title, children, footer, placement = 'center' }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (isOpen && !dialog?.open) dialog?.showModal();
    if (!isOpen && dialog?.open) dialog.close();
  }, [isOpen]);

  function closeFromBackdrop(event: MouseEvent) {
    if (event.target === ref.current) onClose();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for the backdrop is Escape, which the dialog handles itself.
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={closeFromBackdrop}
      className={classNames(
        'border border-line bg-raised p-0 shadow-raised backdrop:bg-backdrop',
        PLACEMENTS[placement].dialog,
      )}
    >
      {isOpen && (
        <div className={classNames('flex flex-col', PLACEMENTS[placement].inside)}>
          <header className="flex items-center justify-between gap-4 px-5 pt-4">
            <h2 id={titleId} className="font-semibold text-lg">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              className="-mr-1.5 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
              <VisuallyHidden>Close</VisuallyHidden>
            </button>
          </header>
          <div className="flex-1 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
              {footer}
            </footer>
          )}
        </div>
      )}
    </dialog>
  );
}
