import { redirect } from 'next/navigation';
import { HOME_PATH } from '@/lib/shared/site-path';

export default function HomePage() {
  redirect(HOME_PATH);
}
