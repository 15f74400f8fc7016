'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useLeaveGuard } from '@/lib/client/use-leave-guard';

/** Asks before unsaved work is left by a link; `children` say what becomes of it. */
export function LeaveDialog({ isUnsaved, children }: { isUnsaved: boolean; children: string }) {
  const { isAsking, stay, leave } = useLeaveGuard(isUnsaved);
  return (
    <ConfirmDialog
      isOpen={isAsking}
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      onConfirm={leave}
      onCancel={stay}
    >
      {children}
    </ConfirmDialog>
  );
}
