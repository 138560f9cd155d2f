import type { ComponentType } from 'preact';
import { lazy } from 'preact/compat';

/** Every screen is a folder with `screen.tsx`, which exports `Screen`; it is loaded when somebody goes there. */
const screens = import.meta.glob<ComponentType>('../screens/*/screen.tsx', { import: 'Screen' });

export type Route = { name: string; title: string; place: 'nav' | 'more' | 'inside' };

export const ROUTES: readonly Route[] = [
  { name: 'today', title: 'Today', place: 'nav' },
  { name: 'scan', title: 'Scan', place: 'nav' },
  { name: 'vials', title: 'Vials', place: 'nav' },
  { name: 'count', title: 'Count', place: 'nav' },
  { name: 'ledger', title: 'Ledger', place: 'nav' },
  { name: 'receive', title: 'Receive', place: 'more' },
  { name: 'approvals', title: 'Approvals', place: 'more' },
  { name: 'patients', title: 'Patients', place: 'more' },
  { name: 'people', title: 'People', place: 'more' },
  { name: 'policy', title: 'Policy', place: 'more' },
  { name: 'verify', title: 'Verify', place: 'more' },
  { name: 'export', title: 'Export', place: 'more' },
  { name: 'settings', title: 'Settings', place: 'more' },
  { name: 'more', title: 'More', place: 'inside' },
  { name: 'sign-in', title: 'Sign in', place: 'inside' },
  { name: 'vault', title: 'Patient names', place: 'inside' },
  { name: 'capture', title: 'Draw or give', place: 'inside' },
  { name: 'waste', title: 'Waste', place: 'inside' },
  { name: 'return', title: 'Return', place: 'inside' },
  { name: 'cosign', title: 'Witness', place: 'inside' },
  { name: 'phone', title: 'Phones', place: 'inside' },
  { name: 'witness', title: 'Witness on this phone', place: 'inside' },
  { name: 'close', title: 'Close a container', place: 'inside' },
  { name: 'reverse', title: 'Reverse', place: 'inside' },
  { name: 'discrepancy', title: 'Discrepancies', place: 'inside' },
];

const loaded = new Map<string, ComponentType>();

/** Screens that stand for one thing begin anew for another one; lists keep what was typed into them. */
export const beginsAnew = (name: string): boolean =>
  ROUTES.some((route) => route.name === name && route.place === 'inside');

/** The component of a screen, or `undefined` when there is none of that name. */
export function screenOf(name: string): ComponentType | undefined {
  const known = loaded.get(name);
  if (known) return known;
  const load = screens[`../screens/${name}/screen.tsx`];
  if (!load) return undefined;
  const component = lazy(async () => ({ default: await load() }));
  loaded.set(name, component);
  return component;
}
