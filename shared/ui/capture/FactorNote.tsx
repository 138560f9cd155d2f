import type { StaffView } from '../../protocol/views.ts';
import { Notice } from '../Notice.tsx';

/** What to add to a name in a list, where an act asks for a passkey or security key. */
export const factorRemark = ({ hasFactor }: StaffView): string =>
  hasFactor ? '' : ' (no passkey or security key yet)';

/**
 * Said while the form is still empty, where every signature needs a passkey or security key: that it cannot be used
 * here, or which of those who are to sign have none. `here` is false on a page of another site than the app.
 */
export function FactorNote(props: { due: boolean; here: boolean; signers: readonly StaffView[] }) {
  if (!props.due) return null;
  if (!props.here) {
    return (
      <Notice kind="warn" quiet title="This has to be signed in the Countersign app.">
        <p>
          The policy asks for a passkey or security key with every signature, and those work only there. Fill
          this in: it is kept as a draft, and waits on Today in the app.
        </p>
      </Notice>
    );
  }
  const without = props.signers.filter(({ hasFactor }) => !hasFactor).map(({ name }) => name);
  if (without.length === 0) {
    return <p class="muted small">Everybody who signs this uses their passkey or security key as well.</p>;
  }
  return (
    <Notice kind="warn" quiet title={`${without.join(' and ')}: no passkey or security key yet.`}>
      <p>The policy asks for one with every signature of this. Each person adds their own under People.</p>
    </Notice>
  );
}
