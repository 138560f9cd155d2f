/** What a person is in the clinic. `device` is the computer itself, which records what no person signs for. */
export const ROLES = [
  'registrant',
  'veterinarian',
  'pharmacist',
  'lead-technician',
  'technician',
  'witness',
  'compliance-officer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = {
  registrant: 'Registrant',
  veterinarian: 'Veterinarian',
  pharmacist: 'Pharmacist',
  'lead-technician': 'Lead technician',
  technician: 'Technician',
  witness: 'Witness only',
  'compliance-officer': 'Compliance officer',
  auditor: 'Auditor',
};
