import { ROLE_NAMES } from '../../shared/domain/roles.ts';
import type { DiscrepancyView } from '../../shared/protocol/views.ts';

/** Somebody whom the policy wants told, by name and role. */
export const toldText = ({ role, names }: DiscrepancyView['untold'][number]): string =>
  `${names.join(' or ')} (${ROLE_NAMES[role].toLowerCase()})`;
