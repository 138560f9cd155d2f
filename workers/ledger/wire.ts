import type { DeviceSettings, LedgerService } from '../../shared/protocol/ledger.ts';

/**
 * The service as it goes over a port. A generic answer does not survive the way between realms, so settings
 * travel together and the client picks one.
 */
export type LedgerWire = Omit<LedgerService, 'setting'> & { settings(): Promise<DeviceSettings> };
