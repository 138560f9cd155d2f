import { useRef, useState } from 'preact/hooks';
import type { Product } from '../../../shared/domain/entries.ts';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import type { Receipt, Signer } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault, formKeys } from '../../../shared/ui/capture/keys.ts';
import { ReceiptView } from '../../../shared/ui/capture/ReceiptView.tsx';
import { type Act, type Recorded, recordAct } from '../../../shared/ui/capture/record.ts';
import { ableTo, Signature, type Signing, signingFaults } from '../../../shared/ui/capture/Signature.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go } from '../../app/router.ts';
import { type People, usePeople } from '../../app/use-people.ts';
import { type Line, readSupplier, type SupplierErrors, toContainer } from './model.ts';

type Props = {
  lines: readonly Line[];
  products: readonly Product[];
  added: readonly Product[];
  /** Shows what is wrong with the lines; true when nothing is. */
  check: () => boolean;
  onRecorded: () => void;
  onAgain: () => void;
};

/** Supplier and signature. New products are entries of their own and go first; all containers are one entry. */
export function SignDelivery(props: Props) {
  const people = usePeople();
  return <Loading of={people}>{(value) => <Ready {...props} people={value} />}</Loading>;
}

const NOBODY = { name: '', address: '', dea: '', invoice: '' };

function Ready(props: Props & { people: People }) {
  const { staff, policy, last } = props.people;
  const able = ableTo(staff, performersOf(policy, 'container.received'));
  const [supplier, setSupplier] = useState(NOBODY);
  const [signing, setSigning] = useState<Signing>({ by: able.find((p) => p.id === last)?.id ?? '', pin: '' });
  const [faults, setFaults] = useState<{ by?: string; pin?: string }>({});
  const [supplierErrors, setSupplierErrors] = useState<SupplierErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [receipts, setReceipts] = useState<readonly Receipt[] | null>(null);
  const entry = useRef<Promise<string> | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const submit = async () => {
    const read = readSupplier(supplier);
    const unsigned = signingFaults(signing);
    setSupplierErrors(read.ok ? {} : read.errors);
    setFaults(unsigned);
    setRefusal(null);
    const fine = props.check();
    if (!fine) setRefusal('Something is missing in the list of containers. See the sentences there.');
    if (!fine || !read.ok || Object.keys(unsigned).length > 0) return focusFirstFault(form.current);
    setBusy(true);
    entry.current ??= service.newId();
    const outcome = await recordAll(actsOf(props, read, await entry.current, signing));
    setBusy(false);
    if (outcome.ok) {
      setReceipts(outcome.receipts);
      props.onRecorded();
    } else if (outcome.of === 'performer') setFaults({ pin: outcome.refusal.message });
    else setRefusal(outcome.refusal.message);
  };

  if (receipts) {
    const lines = props.lines.map(
      (line) => `${line.number}: ${nameOf(props.products, line)}, lot ${line.lot}`,
    );
    return (
      <ReceiptView receipts={receipts} lines={['Received. Write these numbers on the containers:', ...lines]}>
        <Button kind="primary" onClick={() => go('vials')}>
          Done
        </Button>
        <Button onClick={props.onAgain}>Another delivery</Button>
      </ReceiptView>
    );
  }
  const set = (key: keyof typeof NOBODY) => (value: string) =>
    setSupplier((old) => ({ ...old, [key]: value }));
  return (
    <form
      class="panel stack"
      ref={form}
      noValidate
      onKeyDown={(event) => formKeys(event)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <h2>Supplier and signature</h2>
      <TextField
        label="Supplier"
        maxLength={120}
        value={supplier.name}
        error={supplierErrors.name}
        onInput={set('name')}
      />
      <div class="columns">
        <TextField
          label="Its DEA number"
          maxLength={16}
          value={supplier.dea}
          error={supplierErrors.dea}
          onInput={set('dea')}
        />
        <TextField label="Invoice" maxLength={40} value={supplier.invoice} onInput={set('invoice')} />
      </div>
      <TextField label="Its address" maxLength={200} value={supplier.address} onInput={set('address')} />
      <Signature who="Received by" people={able} value={signing} errors={faults} onInput={setSigning} />
      {refusal ? <Notice kind="danger">{refusal}</Notice> : null}
      <div class="row">
        <Button type="submit" kind="primary" busy={busy}>
          Sign and receive {props.lines.length}
        </Button>
      </div>
    </form>
  );
}

const nameOf = (products: readonly Product[], line: Line): string => {
  const product = products.find((p) => p.id === line.product);
  return `${product?.name ?? ''} ${product?.strength ?? ''}`.trim();
};

/** New products first, under their own ids, so that a retry finds them recorded; then everything that came. */
function actsOf(
  { lines, products, added }: Props,
  read: Extract<ReturnType<typeof readSupplier>, { ok: true }>,
  id: string,
  signing: Signing,
): Act[] {
  const signers: readonly Signer[] = [{ as: 'performer', ...signing }];
  const { by } = signing;
  const used = added.filter((product) => lines.some((line) => line.product === product.id));
  const containers = lines.flatMap((line) => {
    const product = products.find((p) => p.id === line.product);
    return product ? [toContainer(line, product)] : [];
  });
  const { supplier, invoice } = read;
  return [
    ...used.map((product) => ({
      id: product.id,
      type: 'product.added' as const,
      by,
      body: { product },
      signers,
    })),
    {
      ...{ id, type: 'container.received' as const, by, signers },
      body: {
        containers,
        ...(supplier === undefined ? {} : { supplier }),
        ...(invoice === undefined ? {} : { invoice }),
      },
    },
  ];
}

async function recordAll(
  acts: readonly Act[],
): Promise<{ ok: true; receipts: Receipt[] } | Extract<Recorded, { ok: false }>> {
  const receipts: Receipt[] = [];
  for (const act of acts) {
    const outcome = await recordAct(service, act);
    if (!outcome.ok) return outcome;
    receipts.push(outcome.value);
  }
  return { ok: true, receipts };
}
