import { useEffect, useState } from 'preact/hooks';
import type { DeviceSettings } from '../../../shared/protocol/ledger.ts';
import { service, settingsChanges } from '../../app/ledger.ts';

/** A setting of this device, as it is now in any tab, and the way to change it; `undefined` until it is read. */
export function useSetting<K extends keyof DeviceSettings>(key: K) {
  const [value, setValue] = useState<DeviceSettings[K] | undefined>();
  const generation = settingsChanges.value;
  useEffect(() => {
    let current = true;
    void service.setting(key).then((read) => {
      if (current) setValue(read);
    });
    return () => {
      current = false;
    };
  }, [key, generation]);
  const change = async (next: DeviceSettings[K]) => {
    setValue(next);
    await service.setSetting(key, next);
  };
  return { value, change };
}
