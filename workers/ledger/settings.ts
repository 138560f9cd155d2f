import * as v from 'valibot';
import type { DeviceSettings } from '../../shared/protocol/ledger.ts';
import type { Context } from './context.ts';

const schema = v.object({
  pairedExtensions: v.fallback(v.array(v.string()), []),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  lastPerformer: v.fallback(v.nullable(v.string()), null),
});

/** All settings of this device; a value that is missing or not understood is the default. */
export async function readSettings({ db }: Context): Promise<DeviceSettings> {
  const rows = await db.settings.toArray();
  const { pairedExtensions, theme, lastPerformer } = v.parse(schema, {
    ...{ pairedExtensions: undefined, theme: undefined, lastPerformer: undefined },
    ...Object.fromEntries(rows.map(({ key, value }) => [key, value])),
  });
  return { pairedExtensions, theme, lastPerformer };
}

export async function writeSetting<K extends keyof DeviceSettings>(
  { db, announce }: Context,
  key: K,
  value: DeviceSettings[K],
): Promise<void> {
  await db.transaction('rw', db.settings, () => db.settings.put({ key, value }));
  announce({ kind: 'settings' });
}
