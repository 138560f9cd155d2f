import { labelOf } from '../../domain/drugs/name.ts';
import type { Quantity, Unit } from '../../domain/quantity.ts';
import type { ContainerView } from '../../protocol/views.ts';

/** What was done in a capture, for a line about it in somebody else's record. What was not done is absent. */
export type ActFacts = {
  drug?: string;
  container?: string;
  unit?: Unit;
  /** What was given. */
  amount?: Quantity;
  waste?: Quantity;
  witness?: string;
  patient?: string;
  /** When it happened (UTC). */
  at?: string;
};

/** Drug and container, as a witness's phone calls them. */
export const aboutOf = ({ product, strength, number }: ContainerView) => ({
  drug: [product, strength].filter(Boolean).join(' '),
  container: number,
});

/** Drug, container and unit, of whatever is done with it. */
export const factsOf = (container: ContainerView): ActFacts => ({
  drug: labelOf(container),
  container: container.number,
  unit: container.unit,
});
