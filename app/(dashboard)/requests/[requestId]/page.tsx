import type { Metadata } from 'next';
import { RequestDetail } from '@/components/requests/request-detail';

export const metadata: Metadata = { title: 'Request' };

type Props = { params: Promise<{ requestId: string }> };

export default async function RequestPage({ params }: Props) {
  const { requestId } = await params;
  return <RequestDetail requestId={decodeURIComponent(requestId)} />;
}
