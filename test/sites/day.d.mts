export type Medication = Record<'drug' | 'dose' | 'route', string>;
export type Animal = Record<
  'number' | 'name' | 'species' | 'breed' | 'owner' | 'address' | 'weight',
  string
> & { medications: Medication[] };
export type Treatment = Record<
  'time' | 'patient' | 'number' | 'owner' | 'drug' | 'quantity' | 'unit' | 'by',
  string
> & { line: number };
export const ANIMALS: Animal[];
export const PEOPLE: Animal[];
export const TREATMENTS: Treatment[];
export function dayOf(now: Date): string;
