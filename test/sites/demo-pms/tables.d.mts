import type { Patient } from './patients.mjs';

export function startPage(): string;
export function notFoundPage(): string;
export function listPage(patients: readonly Patient[]): string;
export function patientPage(patient: Patient): string;
export function splitPage(patient: Patient, other: Patient): string;
export function dialogPage(patient: Patient): string;
export function roundsPage(day: string): string;
