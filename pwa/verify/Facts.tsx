import { type Summary, spokenHash, utcText } from '../../shared/verifier/verdict.ts';

/** What is to be compared with a printed report, and whose record it is. */
export function Facts({ summary }: { summary: Summary }) {
  const { facility, ledger, genesis, logs, records, signatures, factors, disclosed, made, build, unjudged } =
    summary;
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{facility ? facility.name : 'Whose record this is could not be read'}</h2>
      <dl>
        {facility && <Fact name="DEA number" value={facility.deaNumber} />}
        <Fact name="Genesis, to read out" value={genesis ?? 'not readable'} large />
        {logs.map(({ device, from, to, size, head }) => (
          <Fact
            key={device}
            name={
              to - from < size
                ? `Head of records ${from} to ${to - 1} of ${size}`
                : `Head of all ${size} records`
            }
            value={spokenHash(head)}
            large
          />
        ))}
        <Fact
          name="Checked"
          value={`${records} records, ${signatures} signatures${factors === 0 ? '' : `, ${factors} of them with a passkey or security key`}`}
        />
        <Fact
          name="Patients"
          value={disclosed === null ? 'Not disclosed' : `${disclosed} disclosed and held against the record`}
        />
        <Fact
          name="Made (as the package says)"
          value={made === null ? 'unknown' : `${utcText(made)} by ${build}`}
        />
        {unjudged.length > 0 && (
          <Fact name="Not judged" value={`${unjudged.join(', ')} (whatever the sender put there)`} />
        )}
        <Fact name="Ledger" value={ledger ?? 'unknown'} />
      </dl>
      <p class="hint">
        Compare both codes with a printed report or with what the clinic reads out. A record that everyone
        rewrote together shows only there.
      </p>
    </section>
  );
}

function Fact({ name, value, large = false }: { name: string; value: string; large?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={large ? 'spoken' : ''}>{value}</dd>
    </div>
  );
}
