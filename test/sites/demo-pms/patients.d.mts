export type Patient = Record<
  'number' | 'name' | 'species' | 'breed' | 'owner' | 'address' | 'weight' | 'born' | 'alert',
  string
> & { treatments: Record<'time' | 'what' | 'drug' | 'dose' | 'by', string>[] };
export const PATIENTS: Patient[];
