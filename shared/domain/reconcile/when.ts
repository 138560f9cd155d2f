/** When a row says that it happened, in milliseconds since 1970: a moment, or a day from its first to its last one. */
export type Span = { from: number; to: number; exact: boolean };

/** A calendar's day and a clock's time where the clinic is, as milliseconds since 1970. Months count from 1. */
export type LocalClock = (year: number, month: number, day: number, hour: number, minute: number) => number;

/** The device's own clock: the ledger's screens show its time. */
export const deviceClock: LocalClock = (year, month, day, hour, minute) =>
  new Date(year, month - 1, day, hour, minute).getTime();

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE = 60_000;

type Day = { year: number; month: number; day: number };

/**
 * Reads a date, a time or both. A time alone is on `day` (YYYY-MM-DD). Dates with slashes are month first, as in the
 * United States, unless the first number cannot be a month. `null` for what is neither.
 */
export function readWhen(
  text: string | undefined,
  day: string,
  clock: LocalClock = deviceClock,
): Span | null {
  const said = (text ?? '').normalize('NFKC').toLowerCase().trim();
  if (/^\d{4}-\d\d-\d\dt[\d:.]+(z|[+-]\d\d:?\d\d)$/.test(said)) {
    const at = Date.parse(said.toUpperCase());
    return Number.isFinite(at) ? { from: at, to: at, exact: true } : null;
  }
  const time = readTime(said);
  if (time === 'wrong') return null;
  const own = readDay(said, day);
  if (own === 'wrong') return null;
  const on = own ?? (time || said === '' ? readIso(day) : null);
  if (!on) return null;
  const at = (hour: number, minute: number) => clock(on.year, on.month, on.day, hour, minute);
  if (!time) return { from: at(0, 0), to: at(23, 59) + MINUTE - 1, exact: false };
  const moment = at(time.hour, time.minute);
  return { from: moment, to: moment, exact: true };
}

function readTime(text: string): { hour: number; minute: number } | null | 'wrong' {
  const found = /(?<!\d)(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?(?!\d)\s*([ap])?\.?(?:m\b)?/.exec(text);
  if (!found) return null;
  const [, hours = '', minutes = '', half] = found;
  const hour = Number(hours);
  const minute = Number(minutes);
  if (minute > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return 'wrong';
  return { hour: half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0), minute };
}

function readDay(text: string, today: string): Day | null | 'wrong' {
  const iso = /(?<!\d)\d{4}-\d\d-\d\d(?!\d)/.exec(text);
  if (iso) return readIso(iso[0]) ?? 'wrong';
  const slashes = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?(?!\d)/.exec(text);
  if (slashes) {
    const [first, second] = [Number(slashes[1]), Number(slashes[2])];
    const [month, day] = first > 12 ? [second, first] : [first, second];
    return real({ year: yearOf(slashes[3], today), month, day }) ?? 'wrong';
  }
  const words =
    /(?<!\d)(\d{1,2})\.?\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?|([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?(?!:)/.exec(
      text,
    );
  const month = MONTHS.indexOf((words?.[2] ?? words?.[4] ?? '').slice(0, 3)) + 1;
  if (!words || month === 0) return null;
  return (
    real({ year: yearOf(words[3] ?? words[6], today), month, day: Number(words[1] ?? words[5]) }) ?? 'wrong'
  );
}

function yearOf(text: string | undefined, today: string): number {
  if (text === undefined) return Number(today.slice(0, 4));
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

const readIso = (text: string): Day | null => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return real({ year, month, day });
};

function real(day: Day): Day | null {
  const at = new Date(Date.UTC(day.year, day.month - 1, day.day));
  return day.year >= 2000 && at.getUTCMonth() === day.month - 1 && at.getUTCDate() === day.day ? day : null;
}
