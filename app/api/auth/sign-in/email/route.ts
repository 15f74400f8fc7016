import { signIn } from '@/lib/server/auth/sign-in';
import { publicRoute } from '@/lib/server/route';
import { signInSchema } from '@/lib/shared/sign-in';

export const POST = publicRoute(
  {
    operation: 'signIn',
    failure: 'Failed to sign in',
    reason: 'Who signs in has no session yet',
    body: signInSchema,
  },
  async ({ body, headers, requestId, answerHeaders }) => {
    const { user, cookies } = await signIn({ credentials: body, headers, requestId });
    for (const cookie of cookies) answerHeaders.append('Set-Cookie', cookie);
    return { user };
  },
);
