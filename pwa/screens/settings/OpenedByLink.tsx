import { LINK_SOURCES } from '../../app/link.ts';
import { CopyButton } from '../ledger/CopyButton.tsx';

const [PROVET, ANY] = LINK_SOURCES;

/** What a clinic enters in its practice-management system, so that a press there opens the draw here. */
export function OpenedByLink() {
  const address = `${location.origin}/`;
  return (
    <section class="panel stack tight" aria-labelledby="settings-link">
      <h2 id="settings-link">Opened from your practice-management system</h2>
      <p>
        A system that can open an address may hand over the number of the consultation: “Draw or give” then
        opens with it. It goes with the patient’s name, encrypted, and never into the record in the clear. The
        browser’s own history notes the address that was opened, as it does the system’s own pages.
      </p>
      <dl class="facts">
        <dt>Address</dt>
        <dd>
          <span class="hash">{address}</span> <CopyButton text={address} what="the address" />
        </dd>
        <dt>{PROVET.label}</dt>
        <dd>
          Settings › Integrations › Custom integrations: on the page “Consultation”, “Open in new window”,
          this address as the URL, and as the parameter name <strong class="hash">{PROVET.parameter}</strong>{' '}
          <CopyButton text={PROVET.parameter} what="the parameter name" />
        </dd>
        <dt>Another system</dt>
        <dd>
          The same address with <span class="hash">?{ANY.parameter}=</span> and the number behind it
        </dd>
      </dl>
    </section>
  );
}
