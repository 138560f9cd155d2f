import type { Outcome } from './outcome.ts';
import type { Invitation, PhoneKeyMessage, WitnessAnswer, WitnessRequest } from './witness-code.ts';

/** A person and ledger that this device witnesses for. It may well hold no ledger of its own. */
export type PhoneKeyView = {
  key: string;
  ledger: string;
  genesis: string;
  facility: string;
  staff: string;
  name: string;
  made: string;
};

/** A phone that is paired with this ledger. */
export type PairedPhone = { key: string; staff: string; staffName: string; name: string; at: string };

/** This device as somebody's own, with which they witness what is written on another one. */
export interface PhoneService {
  /** On the clinic's device: the phones whose keys its ledger takes. */
  pairedPhones(): Promise<PairedPhone[]>;
  phoneKeys(): Promise<PhoneKeyView[]>;
  /** Makes a key for the person whom an invitation names. Refuses `weak-pin`. */
  makePhoneKey(invitation: Invitation, own: { pin: string; name: string }): Promise<Outcome<PhoneKeyMessage>>;
  /** Signs as witness of the entry in a request. Refuses `no-key`, `self-witness`, `locked`, `wrong-pin`. */
  witnessOnPhone(request: WitnessRequest, pin: string): Promise<Outcome<WitnessAnswer>>;
  forgetPhoneKey(key: string): Promise<void>;
}
