import type { SigningPort } from '../../shared/ui/capture/record.ts';
import { service } from './ledger.ts';

/** The ledger, for whoever signs in the app. What asks for a passkey or security key is loaded when one is due. */
export const signing: SigningPort = {
  ...service,
  askFactor: async (ask) => (await import('./factor-turn.tsx')).askInTurn(ask),
};
