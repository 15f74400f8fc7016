import type { Metadata } from 'next';
import { NewAssignment } from '@/components/assignments/new-assignment';

export const metadata: Metadata = { title: 'New assignment' };

export default function NewAssignmentPage() {
  return <NewAssignment />;
}
