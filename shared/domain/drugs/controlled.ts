/**
 * Substances of schedules II to V that clinics keep, by their generic names (21 CFR 1308.12 to 1308.15). Only for saying
 * that a row of a page names one that the ledger does not know; what the ledger tracks is its own list of products.
 */
const NAMES = new Set(
  `alfentanil alphaxalone alfaxalone alprazolam amphetamine buprenorphine butorphanol carfentanil chlordiazepoxide clonazepam
  clorazepate cocaine codeine dexmethylphenidate dextroamphetamine diazepam difenoxin diphenoxylate etorphine fentanyl
  hydrocodone hydromorphone ketamine lorazepam meperidine methadone methylphenidate methyltestosterone midazolam
  modafinil morphine nandrolone oxazepam oxycodone oxymorphone pentazocine pentobarbital phenobarbital
  pregabalin remifentanil remimazolam secobarbital stanozolol sufentanil tapentadol temazepam testosterone thiopental
  thiafentanil tiletamine tramadol zolazepam zolpidem`.split(/\s+/),
);
/** The controlled substance that the words name, or `null`. */
export const namesControlled = (words: readonly string[]): string | null =>
  words.find((word) => NAMES.has(word)) ?? null;
