import type { Metadata } from 'next';
import { AssignmentDetail } from '@/components/assignments/assignment-detail';

export const metadata: Metadata = { title: 'Assignment' };

type Props = { params: Promise<{ assignmentId: string }> };

export default async function AssignmentPage({ params }: Props) {
  const { assignmentId } = await params;
  return <AssignmentDetail assignmentId={decodeURIComponent(assignmentId)} />;
}
