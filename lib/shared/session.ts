import * as z from 'zod';
import { PERMISSIONS, ROLES } from '@/lib/shared/permissions';

/** Who acts, as it is stored on what they wrote and in the audit trail. */
export const authorSchema = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  department: z.string(),
});

export type Author = z.infer<typeof authorSchema>;

/** Whoever can have started something that runs by itself: a person, or the product. */
export const starterSchema = authorSchema.extend({ role: z.enum([...ROLES, 'system']), name: z.string() });

export type Starter = z.infer<typeof starterSchema>;

/** The signed-in person of a request. `courseIds` are the courses an instructor teaches. */
export const actorSchema = authorSchema.extend({
  name: z.string(),
  email: z.string(),
  courseIds: z.array(z.string()),
});

export type Actor = z.infer<typeof actorSchema>;

/** What `GET /api/session` answers: who am I, and what may I do. */
export const sessionSchema = z.object({ user: actorSchema, permissions: z.array(z.enum(PERMISSIONS)) });

export type Session = z.infer<typeof sessionSchema>;
