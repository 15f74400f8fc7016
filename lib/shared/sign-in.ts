import * as z from 'zod';

export const MIN_PASSWORD_LENGTH = 12;

/** What the sign-in page sends. An email is compared without case. */
export const signInSchema = z.strictObject({
  email: z
    .string({ error: 'Enter your email address' })
    .trim()
    .toLowerCase()
    .pipe(
      z.email('Enter an email address such as name@example.edu').max(254, 'Enter at most 254 characters'),
    ),
  password: z
    .string({ error: 'Enter your password' })
    .min(1, 'Enter your password')
    .max(128, 'A password has at most 128 characters'),
});

/** Who signed in, as the sign-in answers. */
export const signedInSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});
