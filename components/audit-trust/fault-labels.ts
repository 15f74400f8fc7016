import type { SealFault } from '@/lib/shared/audit-seal';

/** What is wrong, in a few words. */
export const FAULT_LABELS = {
  changed: 'Changed after it was sealed',
  removed: 'Removed after it was sealed',
  added: 'Added after it was sealed',
  written_twice: 'Written twice',
  hour_missing: 'An hour is missing',
  chain_broken: 'Does not follow from the hour before',
  signature_wrong: 'The signature is wrong',
  list_changed: 'The list of the hour was changed',
  tail_missing: 'The newest hours were cut off',
} satisfies Record<SealFault, string>;
