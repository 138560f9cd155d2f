import type { ContainerView, ProductView } from '../../shared/protocol/views.ts';

/** A container of ketamine as the queries give it; `change` says what matters to the test. */
export const vial = (change: Partial<ContainerView> = {}): ContainerView => ({
  id: '01a00000-0000-7000-8000-000000000001',
  number: 'K-01',
  productId: 'ketamine',
  product: 'Ketamine',
  strength: '100 mg/mL',
  schedule: 'III',
  form: 'injection',
  lot: 'LOT1',
  expires: '2028-01-31',
  expired: false,
  onHold: false,
  gtin: '00304093303308',
  unit: 'mL',
  size: '10',
  balance: '10',
  receivedAt: '2026-11-01T09:00:00.000Z',
  leftovers: [],
  ...change,
});

export const product = (change: Partial<ProductView> = {}): ProductView => ({
  id: 'ketamine',
  name: 'Ketamine',
  strength: '100 mg/mL',
  form: 'injection',
  schedule: 'III',
  unit: 'mL',
  holds: '10',
  gtins: ['00304093303308'],
  onHand: '10',
  containers: 1,
  ...change,
});
