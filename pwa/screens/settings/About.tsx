import { version } from '../../../package.json';

/** What this is, which version, under which licence. */
export function About() {
  return (
    <section class="panel stack tight" aria-labelledby="settings-about">
      <h2 id="settings-about">About</h2>
      <dl class="facts">
        <dt>Countersign</dt>
        <dd class="amount">version {version}, record format 1</dd>
        <dt>Licence</dt>
        <dd>Apache-2.0</dd>
        <dt>Network</dt>
        <dd>none is needed, and nothing is sent anywhere: the ledger stays on this device</dd>
      </dl>
    </section>
  );
}
