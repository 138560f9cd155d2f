export type Round = Record<'time' | 'number' | 'patient' | 'drug' | 'quantity' | 'by', string>;
export const ROUNDS: Round[];
export function roundsBody(day: string): string;
