/** Made-up patients of a made-up practice, and what they were given on a day. Nobody here is real. */

const animal = (number, name, species, breed, owner, address, weight, medications) => ({
  ...{ number, name, species, breed, owner, address, weight, medications },
});
const given = (drug, dose, route) => ({ drug, dose, route });

/** The animals that are open on the catalogue's pages; the first two are those that the catalogue points at. */
export const ANIMALS = [
  animal(
    '240117',
    'Bramble',
    'Canine',
    'Border Collie',
    'Imogen Hartley',
    '3 Ferry Lane, Millbrook',
    '24.6',
    [
      given('Ketamine 100 mg/mL', '0.4 mL', 'IV'),
      given('Carprofen 50 mg/mL', '1.1 mL', 'SC'),
      given('Midazolam 5 mg/mL', '0.5 mL', 'IV'),
    ],
  ),
  animal(
    '240233',
    'Pickle',
    'Feline',
    'Domestic Shorthair',
    'Tomas Reinholt',
    '18 Kiln Street, Millbrook',
    '4.3',
    [given('Hydromorphone 2 mg/mL', '0.15 mL', 'IM'), given('Maropitant 10 mg/mL', '0.4 mL', 'SC')],
  ),
  animal(
    '240308',
    'Sorrel',
    'Equine',
    'Connemara',
    'Underhill Livery',
    'Underhill Farm, Alder Cross',
    '402',
    [given('Butorphanol 2 mg/mL', '2.5 mL', 'IV')],
  ),
  animal('240415', 'Fig', 'Canine', 'Whippet', 'Noor Abbasi', '9 Tannery Court, Millbrook', '13.2', [
    given('Methadone 10 mg/mL', '0.25 mL', 'IV'),
  ]),
];

/** For the two systems that are made for people. */
export const PEOPLE = [
  animal('P00417', 'Testerley, Rowan', '', '', '', '', '71', [
    given('Ketamine 50 mg/mL', '1.2 mL', 'IV'),
    given('Ondansetron 2 mg/mL', '2 mL', 'IV'),
  ]),
  animal('P00521', 'Specimen, Linnea', '', '', '', '', '58', [given('Fentanyl 50 mcg/mL', '0.5 mL', 'IV')]),
];

/** What is given with its usual quantity: the first eight are controlled, the others are not. */
const GIVEN = [
  ['Ketamine 100 mg/mL', 'mL', ['0.4', '0.35', '0.65', '0.8', '1', '0.25']],
  ['Hydromorphone 2 mg/mL', 'mL', ['0.15', '0.3', '0.45', '0.6', '1']],
  ['Midazolam 5 mg/mL', 'mL', ['0.5', '0.2', '0.9', '0.4']],
  ['Butorphanol 2 mg/mL', 'mL', ['2.5', '0.3', '0.5']],
  ['Methadone 10 mg/mL', 'mL', ['0.25', '0.1', '0.55']],
  ['Simbadol 1.8 mg/mL', 'mL', ['0.24', '0.12']],
  ['Alfaxalone 10 mg/mL', 'mL', ['0.8', '1.2']],
  ['Phenobarbital 97.2 mg', 'tablet', ['2', '1']],
  ['Carprofen 50 mg/mL', 'mL', ['1.1', '0.6']],
  ['Maropitant 10 mg/mL', 'mL', ['0.4', '1.3']],
  ['Cefazolin 100 mg/mL', 'mL', ['5.4', '2.2']],
  ['Meloxicam 5 mg/mL', 'mL', ['0.5', '0.2']],
];
const BY = ['Juno Pikesample', 'Sol Fernfiction', 'Tova Marshmade'];

/** Forty treatments of a day, in the order of the clock: 26 of controlled drugs. */
export const TREATMENTS = Array.from({ length: 40 }, (_, i) => {
  const [drug, unit, quantities] =
    GIVEN[[0, 8, 2, 1, 9, 3, 0, 10, 4, 5, 11, 6, 2, 8, 1, 7, 9, 0, 3, 10][i % 20]];
  const { name, number, owner } = ANIMALS[(i * 3 + Math.floor(i / 5)) % ANIMALS.length];
  const minutes = 8 * 60 + i * 14;
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const quantity = quantities[Math.floor(i / 4) % quantities.length];
  return { line: i + 1, time, patient: name, number, owner, drug, quantity, unit, by: BY[i % BY.length] };
});

/** `2026-11-20` of a clock's day where the server stands. */
export const dayOf = (now) =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
