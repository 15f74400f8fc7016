'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

type Props = {
  isOpen: boolean;
  title: string;
  children: ReactNode;
  /** The verb of what happens: "Archive", never "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => void;
  onCancel: () => void;
  isDangerous?: boolean;
  isPending?: boolean;
};

/** Asks before something that is hard to undo. */
export function ConfirmDialog({ isOpen, title, children, onConfirm, onCancel, ...options }: Props) {
  const { confirmLabel, cancelLabel = 'Cancel', isDangerous = false, isPending = false } = options;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onCancel}
      title={title}
      footer={
        <>
          <Button onClick={onCancel}>{cancelLabel}</Button>
          <Button variant={isDangerous ? 'danger' : 'primary'} isPending={isPending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
