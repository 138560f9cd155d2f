import { useState } from 'preact/hooks';
import { copyOf, type FacilityCopy, policyFrom } from '../../../shared/domain/policy/facility.ts';
import { faultsOf } from '../../../shared/domain/policy/faults.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { readTerms, type TermErrors, type TermForm, termForm } from './model.ts';
import { ProfileChoice } from './ProfileChoice.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { SignChange } from './SignChange.tsx';
import { TermEditor } from './TermEditor.tsx';
import { changesBetween } from './words.ts';

/** Edits the clinic's copy, shows what would change, and has it signed by two people. */
export function EditPolicy(props: { policy: Policy; onEnd: (said: string) => void }) {
  const { policy, onEnd } = props;
  const [copy, setCopy] = useState<FacilityCopy>(() => copyOf(policy));
  const [terms, setTerms] = useState<TermForm>(() => termForm(copyOf(policy)));
  const [errors, setErrors] = useState<TermErrors>({});
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [next, setNext] = useState<Policy | null>(null);
  useUnsaved(true);
  const edit = (change: Partial<FacilityCopy>) => {
    setCopy((old) => ({ ...old, ...change }));
    setFaults([]);
  };

  const changeTerms = (form: TermForm) => {
    setTerms(form);
    setErrors({});
    setFaults([]);
  };
  const review = () => {
    const read = readTerms(terms);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    const made = policyFrom({ ...copy, terms: read.terms, variance: read.variance });
    const found = faultsOf(made);
    const same = changesBetween(policy, made).length === 0 && sameProfiles(policy, made);
    setFaults(same ? ['Nothing is changed yet.'] : found);
    if (!same && found.length === 0) setNext(made);
  };
  if (next) {
    return <SignChange before={policy} after={next} onBack={() => setNext(null)} onEnd={onEnd} />;
  }
  return (
    <section class="panel stack" aria-label="Change the policy">
      <h2>Change the policy</h2>
      <ProfileChoice chosen={copy.profiles} onInput={(profiles) => edit({ profiles })} />
      <RuleEditor rules={copy.rules} onInput={(rules) => edit({ rules })} />
      <TermEditor form={terms} errors={errors} onInput={changeTerms} />
      {faults.length === 0 ? null : (
        <Notice kind="danger">
          {faults.map((fault) => (
            <p key={fault}>{fault}</p>
          ))}
        </Notice>
      )}
      <div class="row">
        <Button kind="primary" onClick={review}>
          See what changes
        </Button>
        <Button onClick={() => onEnd('')}>Cancel</Button>
      </div>
    </section>
  );
}

const sameProfiles = (a: Policy, b: Policy) =>
  [...a.profiles].sort().join() === [...b.profiles].sort().join();
