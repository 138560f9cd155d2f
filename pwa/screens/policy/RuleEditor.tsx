import { useState } from 'preact/hooks';
import { ruleFor } from '../../../shared/domain/policy/combine.ts';
import { POLICY_ACTS, type Rule, SCHEDULES } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/roles.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { CheckField, SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { ASKS, asksFor, NEW_RULE, type RuleErrors, type RuleForm, readRule } from './model.ts';
import { ACT_NAMES, isAboutDrugs, schedulesText, sentencesOf } from './words.ts';

/** The clinic's own rules, and a form for one more. */
export function RuleEditor(props: { rules: readonly Rule[]; onInput: (rules: readonly Rule[]) => void }) {
  const { rules, onInput } = props;
  const [form, setForm] = useState<RuleForm>(NEW_RULE);
  const [errors, setErrors] = useState<RuleErrors>({});
  const set = (change: Partial<RuleForm>) => setForm((old) => ({ ...old, ...change }));
  const add = () => {
    const read = readRule(form);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    onInput([...rules, read.rule]);
  };
  return (
    <fieldset class="policy-part stack tight">
      <legend>The clinic’s own rules</legend>
      {rules.length === 0 ? <p class="muted">None. The profiles alone hold.</p> : null}
      <ul class="list">
        {rules.map((rule) => (
          <li class="row spread" key={JSON.stringify(rule)}>
            <span>{ruleText(rule)}</span>
            <Button
              small
              label={`Remove: ${ruleText(rule)}`}
              onClick={() => onInput(rules.filter((other) => other !== rule))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <div class="columns">
        <SelectField
          label="At"
          value={form.act}
          options={POLICY_ACTS.map((act) => ({ value: act, label: ACT_NAMES[act] }))}
          onInput={(value) => {
            const act = POLICY_ACTS.find((one) => one === value);
            if (act) set({ act, ask: asksFor(act)[0]?.value ?? 'perform' });
          }}
        />
        <SelectField
          label="Ask for"
          value={form.ask}
          options={asksFor(form.act)}
          onInput={(value) => {
            const ask = ASKS.find((one) => one === value);
            if (ask) set({ ask });
          }}
        />
        {form.ask === 'witness-late' ? (
          <TextField
            label="Hours after the record"
            inputMode="numeric"
            value={form.hours}
            error={errors.hours}
            onInput={(hours) => set({ hours })}
          />
        ) : null}
      </div>
      {isAboutDrugs(form.act) ? (
        <Checks
          legend="Schedules"
          all={SCHEDULES.map((value) => ({ value, label: value }))}
          chosen={form.schedules}
          error={errors.schedules}
          onInput={(schedules) => set({ schedules })}
        />
      ) : null}
      {form.ask === 'perform' || form.ask === 'notify' ? (
        <Checks
          legend="Roles"
          all={ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }))}
          chosen={form.roles}
          error={errors.roles}
          onInput={(roles) => set({ roles })}
        />
      ) : null}
      <div>
        <Button onClick={add}>Add this rule</Button>
      </div>
    </fieldset>
  );
}

function Checks<T extends Role | (typeof SCHEDULES)[number]>(props: {
  legend: string;
  all: readonly { value: T; label: string }[];
  chosen: readonly T[];
  error: string | undefined;
  onInput: (chosen: readonly T[]) => void;
}) {
  const { legend, all, chosen, error, onInput } = props;
  return (
    <fieldset class="policy-checks">
      <legend>{legend}</legend>
      {all.map(({ value, label }) => (
        <CheckField
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onInput={(on) =>
            onInput(all.map((one) => one.value).filter((one) => (one === value ? on : chosen.includes(one))))
          }
        />
      ))}
      <div class="error" role="alert" hidden={!error}>
        {error}
      </div>
    </fieldset>
  );
}

/** A rule of the clinic in words: `Waste, Schedule II: a witness signs in the same record`. */
function ruleText(rule: Rule): string {
  const alone = { profiles: [], rules: [rule], terms: [], variance: [] };
  const about = schedulesText(rule.schedules);
  return rule.acts
    .flatMap((act) => {
      const said = sentencesOf(act, ruleFor(alone, act, rule.schedules[0])).filter(({ sources }) =>
        sources.includes('facility'),
      );
      return said.map(({ text }) => `${ACT_NAMES[act]}${about === '' ? '' : `, ${about}`}: ${text}`);
    })
    .join('; ');
}
