/** Days in a month, `month` 1 to 12, Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The year that a two-digit GS1 year stands for (GS1 General Specifications, section 7.12): the one
 * within 49 years before and 50 years after the current year.
 */
export function fullYear(yy: number, currentYear: number): number {
  const century = currentYear - (currentYear % 100);
  const ahead = yy - (currentYear % 100);
  if (ahead >= 51) return century - 100 + yy;
  if (ahead <= -50) return century + 100 + yy;
  return century + yy;
}

export interface Gs1Date {
  /** ISO 8601, YYYY-MM-DD. */
  readonly date: string;
  /** False when the label gives only month and year (day 00): the date is then the month's last day. */
  readonly dayStated: boolean;
}

/**
 * A GS1 date YYMMDD as a calendar date. Day 00 means the whole month, so its last day is meant.
 * @param yymmdd six digits whose month and day were checked
 * @param today YYYY-MM-DD, decides the century
 * @returns undefined when the day does not exist in that year (29 February is known only with the century)
 */
export function gs1Date(yymmdd: string, today: string): Gs1Date | undefined {
  const year = fullYear(Number(yymmdd.slice(0, 2)), Number(today.slice(0, 4)));
  const month = Number(yymmdd.slice(2, 4));
  const day = Number(yymmdd.slice(4, 6));
  if (month < 1 || month > 12 || day > daysInMonth(year, month)) return undefined;
  const shown = day === 0 ? daysInMonth(year, month) : day;
  const pad = (n: number) => String(n).padStart(2, '0');
  return { date: `${year}-${pad(month)}-${pad(shown)}`, dayStated: day !== 0 };
}
