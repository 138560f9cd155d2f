/** What people call the parts of a page that a site reads. */
export const FIELD_NAMES: Record<string, string> = {
  patient: 'Patient',
  species: 'Species',
  owner: 'Owner',
  address: 'Address',
  weight: 'Weight',
  recordNumber: 'Record number',
  drug: 'Drug',
  dose: 'Dose',
  note: 'Note field',
  rows: 'List of treatments',
};
