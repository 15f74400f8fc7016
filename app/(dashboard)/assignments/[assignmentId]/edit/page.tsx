import type { Metadata } from 'next';
import { EditAssignment } from '@/components/assignments/edit-assignment';

export const metadata: Metadata = { title: 'Edit assignment' };

type Props = { params: Promise<{ assignmentId: string }> };

export default async function EditAssignmentPage({ params }: Props) {
  const { assignmentId } = await params;
  return <EditAssignment assignmentId={decodeURIComponent(assignmentId)} />;
}
