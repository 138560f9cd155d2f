import { useRef, useState } from 'preact/hooks';
import type { Product } from '../../../shared/domain/entries.ts';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import type { ActQuestion } from '../../../shared/protocol/approvals.ts';
import type { Receipt } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault, formKeys } from '../../../shared/ui/capture/keys.ts';
import { ReceiptView } from '../../../shared/ui/capture/ReceiptView.tsx';
import { type Act, type Doing, type Recorded, recordAct } from '../../../shared/ui/capture/record.ts';
import { ableTo, Signature, type Signing, signingFaults } from '../../../shared/ui/capture/Signature.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ApprovalStep } from '../../app/ApprovalStep.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go } from '../../app/router.ts';
import { signing } from '../../app/signing.ts';
import { proposedLines, useApproval } from '../../app/use-approval.ts';
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
  const [approverRefusal, setApproverRefusal] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [receipts, setReceipts] = useState<readonly Receipt[] | null>(null);
  const [proposed, setProposed] = useState(false);
  const approving = useApproval(questionOf(props), signing.by);
  const entry = useRef<Promise<string> | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const submit = async () => {
    const read = readSupplier(supplier);
    const unsigned = signingFaults(signing);
    setSupplierErrors(read.ok ? {} : read.errors);
    setFaults(unsigned);
    setRefusal(null);
    setApproverRefusal(undefined);
    const fine = props.check();
    if (!fine) setRefusal('Something is missing in the list of containers. See the sentences there.');
    const approved = approving.check();
    if (!fine || !read.ok || !approved || Object.keys(unsigned).length > 0)
      return focusFirstFault(form.current);
    setBusy(true);
    entry.current ??= service.newId();
    const id = await entry.current;
    const outcome = await recordAll([
      ...newProducts(props, signing),
      { ...approving.doing(deliveryOf(props, read, signing)), id },
    ]);
    setBusy(false);
    if (outcome.ok) {
      setProposed(approving.proposing);
      setReceipts(outcome.receipts);
      props.onRecorded();
    } else if (outcome.of === 'performer') setFaults({ pin: outcome.refusal.message });
    else if (outcome.of === 'approver') setApproverRefusal(outcome.refusal.message);
    else setRefusal(outcome.refusal.message);
  };

  if (receipts) {
    const lines = props.lines.map(
      (line) => `${line.number}: ${nameOf(props.products, line)}, lot ${line.lot}`,
    );
    const said = proposed
      ? [...proposedLines('a delivery, which is not in the book until it is carried out.'), ...lines]
      : ['Received. Write these numbers on the containers:', ...lines];
    return (
      <ReceiptView receipts={receipts} lines={said}>
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
      <ApprovalStep approving={approving} staff={staff} performer={signing.by} refusal={approverRefusal} />
      {refusal ? <Notice kind="danger">{refusal}</Notice> : null}
      <div class="row">
        <Button type="submit" kind="primary" busy={busy}>
          {approving.proposing ? 'Sign and propose' : `Sign and receive ${props.lines.length}`}
        </Button>
      </div>
    </form>
  );
}

const nameOf = (products: readonly Product[], line: Line): string => {
  const product = products.find((p) => p.id === line.product);
  return `${product?.name ?? ''} ${product?.strength ?? ''}`.trim();
};

/** New products go first, under their own ids, so that a retry finds them recorded. */
function newProducts({ lines, added }: Props, signing: Signing): Act[] {
  const used = added.filter((product) => lines.some((line) => line.product === product.id));
  return used.map((product) => ({
    ...{ id: product.id, type: 'product.added', by: signing.by, body: { product } },
    signers: [{ as: 'performer', ...signing }],
  }));
}

/** The delivery as far as it is known: of what is still missing, anything that fits. */
function questionOf({ lines, products, added }: Props): ActQuestion | null {
  const containers = lines.flatMap((line, at) => {
    const product = products.find((p) => p.id === line.product);
    const { id, unit } = { id: line.id, unit: product?.unit ?? 'mL' };
    const missing = { lot: '-', expires: '9999-12-31', quantity: '1', number: `${at}` };
    return product ? [{ id, product: product.id, unit, ...missing }] : [];
  });
  return containers.length === 0 ? null : { type: 'container.received', body: { containers }, adding: added };
}

/** Everything that came, as one act. */
function deliveryOf(
  { lines, products }: Props,
  { supplier, invoice }: Extract<ReturnType<typeof readSupplier>, { ok: true }>,
  signing: Signing,
): Doing {
  const containers = lines.flatMap((line) => {
    const product = products.find((p) => p.id === line.product);
    return product ? [toContainer(line, product)] : [];
  });
  return {
    ...{ type: 'container.received', by: signing.by, signers: [{ as: 'performer', ...signing }] },
    body: {
      containers,
      ...(supplier === undefined ? {} : { supplier }),
      ...(invoice === undefined ? {} : { invoice }),
    },
  };
}

async function recordAll(
  acts: readonly Act[],
): Promise<{ ok: true; receipts: Receipt[] } | Extract<Recorded, { ok: false }>> {
  const receipts: Receipt[] = [];
  for (const act of acts) {
    const outcome = await recordAct(signing, act);
    if (!outcome.ok) return outcome;
    receipts.push(outcome.value);
  }
  return { ok: true, receipts };
}
