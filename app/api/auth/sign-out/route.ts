import { signOut } from '@/lib/server/auth/sign-out';
import { publicRoute } from '@/lib/server/route';

export const POST = publicRoute(
  {
    operation: 'signOut',
    failure: 'Failed to sign out',
    reason: 'Signing out must work after the session has ended, too',
  },
  async ({ headers, requestId, answerHeaders }) => {
    const { cookies } = await signOut(headers, requestId);
    for (const cookie of cookies) answerHeaders.append('Set-Cookie', cookie);
    return { signedOut: true };
  },
);
