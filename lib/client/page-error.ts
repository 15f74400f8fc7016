import { AppError } from '@/lib/shared/app-error';

/** An error that broke a page, as the pages show errors; the digest finds a server error in the log. */
export function pageError(thrown: Error & { digest?: string }): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = 'The page met an error that it did not expect.';
  return new AppError('SYSTEM_ERROR', message, {
    cause: thrown,
    ...(thrown.digest ? { requestId: thrown.digest } : {}),
  });
}
