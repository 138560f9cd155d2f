import type { Policy } from '../../shared/domain/policy/schema.ts';
import type { StaffView } from '../../shared/protocol/views.ts';
import { suggestedPerson } from './access.ts';
import { service } from './ledger.ts';
import { useQuery } from './use-query.ts';

export type People = { staff: StaffView[]; policy: Policy; last: string | null };

/** Who there is, the policy in force, and who signed last on this device. */
const readPeople = async (): Promise<People> => {
  const [staff, policy, last] = await Promise.all([service.staff(), service.policy(), suggestedPerson()]);
  return { staff, policy, last };
};

export const usePeople = () => useQuery(readPeople);
