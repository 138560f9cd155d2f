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

/** What somebody can be made for a while. Who decides about people and the policy is that in their own right. */
export const ELEVATED_ROLES = ['veterinarian', 'pharmacist', 'lead-technician', 'technician'] as const;
export type ElevatedRole = (typeof ELEVATED_ROLES)[number];

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
