import { route } from '@/lib/server/route';
import { AppError } from '@/lib/shared/app-error';

/** Addresses that do not exist answer like all others: 401 without a session, then 404 in the failure body. */
const refuse = route(
  { operation: 'refusePath', failure: 'Failed to find this address', permission: 'session:read' },
  async () => {
    throw new AppError('NOT_FOUND', 'There is nothing at this address of the API');
  },
);

export const GET = refuse;
export const POST = refuse;
export const PUT = refuse;
export const PATCH = refuse;
export const DELETE = refuse;
