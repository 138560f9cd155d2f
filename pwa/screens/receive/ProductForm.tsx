import { useEffect, useRef, useState } from 'preact/hooks';
import type { Product } from '../../../shared/domain/entries.ts';
import { UNITS } from '../../../shared/domain/quantity.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault, formKeys } from '../../../shared/ui/capture/keys.ts';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { QuantityField } from '../../../shared/ui/QuantityField.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import type { ProductErrors, ProductValues } from './model.ts';
import { readProduct } from './product.ts';

const BLANK: ProductValues = {
  name: '',
  strength: '',
  form: '',
  schedule: '',
  unit: '',
  holds: '',
  ndc: '',
  gtin: '',
};
const FORMS: readonly { value: Product['form']; label: string }[] = [
  { value: 'injection', label: 'Injection' },
  { value: 'tablet', label: 'Tablet' },
  { value: 'capsule', label: 'Capsule' },
  { value: 'patch', label: 'Patch' },
  { value: 'oral-liquid', label: 'Oral liquid' },
  { value: 'powder', label: 'Powder' },
  { value: 'other', label: 'Other' },
];
const SCHEDULES = (['II', 'III', 'IV', 'V'] as const).map((value) => ({ value, label: `C-${value}` }));
const UNIT_OPTIONS = UNITS.map((value) => ({ value, label: value }));

/** One of a list's own values, or nothing. */
const pick = <T extends string>(value: string, options: readonly { value: T }[]): T | '' =>
  options.find((o) => o.value === value)?.value ?? '';

/** A drug that the ledger does not know yet. It is signed together with what is received. */
export function ProductForm(props: {
  start: Partial<ProductValues>;
  /** Readings of the barcode, to choose from. */
  ndcs: readonly string[];
  onAdd: (product: Omit<Product, 'id'>) => void;
  onCancel: () => void;
}) {
  const [values, setValues] = useState<ProductValues>({ ...BLANK, ...props.start });
  const [errors, setErrors] = useState<ProductErrors>({});
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useUnsaved(true);
  useEffect(() => first.current?.focus(), []);
  const set = (change: Partial<ProductValues>) => setValues((old) => ({ ...old, ...change }));
  const add = () => {
    const read = readProduct(values);
    setErrors(read.ok ? {} : read.errors);
    if (read.ok) props.onAdd(read.product);
    else focusFirstFault(form.current);
  };
  return (
    <form
      class="panel stack"
      ref={form}
      noValidate
      aria-label="New product"
      onKeyDown={(event) => formKeys(event, props.onCancel)}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h2>A product that is new here</h2>
      <div class="columns">
        <TextField
          label="Drug"
          inputRef={first}
          maxLength={80}
          value={values.name}
          error={errors.name}
          onInput={(name) => set({ name })}
        />
        <TextField
          label="Strength"
          maxLength={60}
          placeholder="100 mg/mL"
          value={values.strength}
          onInput={(strength) => set({ strength })}
        />
        <SelectField
          label="Form"
          placeholder="Pick one"
          options={FORMS}
          value={values.form}
          error={errors.form}
          onInput={(v) => set({ form: pick(v, FORMS) })}
        />
        <SelectField
          label="Schedule"
          placeholder="Pick one"
          options={SCHEDULES}
          value={values.schedule}
          error={errors.schedule}
          onInput={(v) => set({ schedule: pick(v, SCHEDULES) })}
        />
        <SelectField
          label="Counted in"
          placeholder="Pick one"
          options={UNIT_OPTIONS}
          value={values.unit}
          error={errors.unit}
          onInput={(v) => set({ unit: pick(v, UNIT_OPTIONS) })}
        />
        <QuantityField
          label="A new container holds"
          unit={values.unit}
          value={values.holds}
          error={errors.holds}
          onInput={(holds) => set({ holds })}
        />
        <TextField
          label="NDC"
          maxLength={14}
          hint={
            props.ndcs.length > 1
              ? `As printed. The barcode may mean ${props.ndcs.join(', ')}`
              : 'With its hyphens, as printed'
          }
          list={props.ndcs}
          value={values.ndc}
          error={errors.ndc}
          onInput={(ndc) => set({ ndc })}
        />
        <TextField
          label="GTIN"
          maxLength={14}
          hint="From the barcode"
          inputMode="numeric"
          value={values.gtin}
          error={errors.gtin}
          onInput={(gtin) => set({ gtin })}
        />
      </div>
      <div class="row">
        <Button type="submit" kind="primary">
          Add the product
        </Button>
        <Button onClick={props.onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
