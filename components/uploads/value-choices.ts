import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import type { MappedField } from '@/lib/shared/batch-mapping';

/** Fields that take only some values. */
export const VALUE_CHOICES: Partial<Record<MappedField, readonly string[]>> = {
  type: ASSIGNMENT_TYPES,
  status: ['draft', 'published'],
};
