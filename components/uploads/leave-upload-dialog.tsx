'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useLeaveGuard } from '@/lib/client/use-leave-guard';

/** Asks before a running upload is left: it ends with the page. */
export function LeaveUploadDialog() {
  const { isAsking, stay, leave } = useLeaveGuard(true);
  return (
    <ConfirmDialog
      isOpen={isAsking}
      title="Stop the upload?"
      confirmLabel="Stop and leave"
      cancelLabel="Stay"
      onConfirm={leave}
      onCancel={stay}
    >
      The file is still being sent. Leaving this page stops it, and nothing is written.
    </ConfirmDialog>
  );
}
