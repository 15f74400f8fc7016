'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorState } from '@/components/ui/error-state';
import { useArchiving } from '@/lib/client/assignments';
import { useMay } from '@/lib/client/session-context';
import type { AppError } from '@/lib/shared/app-error';
import type { Assignment } from '@/lib/shared/assignment';

/** What the person may do with an assignment in its present state. */
export function AssignmentActions({ assignment }: { assignment: Assignment }) {
  const { assignmentId, status } = assignment;
  const mayCreate = useMay('assignment:create');
  const mayUpdate = useMay('assignment:update');
  const mayArchive = useMay('assignment:archive');
  const path = `/assignments/${encodeURIComponent(assignmentId)}`;
  return (
    <>
      {mayUpdate && status !== 'archived' && <ButtonLink href={`${path}/edit`}>Edit</ButtonLink>}
      {mayCreate && (
        <ButtonLink href={`/assignments/new?${new URLSearchParams({ from: assignmentId })}`}>
          Duplicate
        </ButtonLink>
      )}
      {mayArchive &&
        (status === 'archived' ? <RestoreButton {...assignment} /> : <ArchiveButton {...assignment} />)}
    </>
  );
}

function ArchiveButton({ assignmentId, version, title }: Assignment) {
  const [isAsking, setIsAsking] = useState(false);
  const archive = useArchiving(assignmentId, 'archive');
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Archive</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Archive this assignment?"
        confirmLabel="Archive"
        isDangerous
        isPending={archive.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => archive.mutate(version, { onSuccess: () => setIsAsking(false) })}
      >
        <p>
          <bdi className="font-medium">{title}</bdi> is taken out of use. It stays readable and can be
          restored as a draft.
        </p>
        {archive.error && (
          <div className="mt-3">
            <ArchivingProblem title="The assignment was not archived" error={archive.error} />
          </div>
        )}
      </ConfirmDialog>
    </>
  );
}

function RestoreButton({ assignmentId, version }: Assignment) {
  const restore = useArchiving(assignmentId, 'restore');
  return (
    <>
      <Button isPending={restore.isPending} onClick={() => restore.mutate(version)}>
        Restore as draft
      </Button>
      {restore.error && (
        <div className="basis-full">
          <ArchivingProblem title="The assignment was not restored" error={restore.error} />
        </div>
      )}
    </>
  );
}

/** After a conflict the page shows the stored version already, so pressing again decides about that one. */
function ArchivingProblem({ title, error }: { title: string; error: AppError }) {
  const isConflict = error.code === 'CONDITIONAL_FAILED';
  const remedy = 'This page now shows the version that is stored. Look at it, then decide again.';
  return <ErrorState title={title} error={error} {...(isConflict ? { remedy } : {})} />;
}
