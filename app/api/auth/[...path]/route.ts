import { publicRoute } from '@/lib/server/route';
import { AppError } from '@/lib/shared/app-error';

/** Only the paths with a folder beside this one lead to better-auth; its others, such as sign-up, do not exist here. */
const refuse = publicRoute(
  {
    operation: 'refuseAuthPath',
    failure: 'Failed to find this address',
    reason: 'There is nothing behind these paths that a session could protect',
  },
  async () => {
    throw new AppError('NOT_FOUND', 'There is nothing at this address');
  },
);

export const GET = refuse;
export const POST = refuse;
export const PUT = refuse;
export const PATCH = refuse;
export const DELETE = refuse;
