import { Choices } from '../../../shared/ui/Field.tsx';
import { applyTheme } from '../../platform/theme.ts';
import { useSetting } from './use-setting.ts';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Light or dark. */
export function Appearance() {
  const theme = useSetting('theme');
  return (
    <section class="panel stack tight" aria-labelledby="settings-appearance">
      <h2 id="settings-appearance">Appearance</h2>
      <Choices
        legend="Colours"
        name="theme"
        value={theme.value ?? null}
        options={THEMES}
        onInput={(value) => {
          applyTheme(value);
          void theme.change(value);
        }}
      />
    </section>
  );
}
