import { KEY_ENTRY_TYPES } from '../ledger/keys.ts';

/**
 * The entries that a part carries from before it: keys, roles and policy, without which it cannot be checked, and products
 * and containers, without which its acts have no names.
 */
export const NEEDED_EARLIER: readonly string[] = [
  ...KEY_ENTRY_TYPES,
  'staff.changed',
  'access.elevated',
  'access.ended',
  'policy.changed',
  'product.added',
  'container.received',
];
