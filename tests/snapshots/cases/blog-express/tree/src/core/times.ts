/**
 * Dates, times and instants are text: a JavaScript Date holds milliseconds, the API microseconds.
 *
 * Instants are in UTC. Shown without a fraction that is zero, stored with six digits always, so
 * that the order of the texts is the order of time.
 */

const ZERO = ".000000";

export const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
export const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$/;
export const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(\.[0-9]{1,6})?([Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$/;

export function now(): string {
  return shownInstant(new Date().toISOString().replace("Z", "000Z"));
}

export function later(seconds: number): string {
  return shownInstant(new Date(Date.now() + seconds * 1000).toISOString().replace("Z", "000Z"));
}

/** Undefined for what is no date of the calendar. */
export function dateOf(text: string): string | undefined {
  if (!DATE.test(text) || text.startsWith("0000")) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text
    ? undefined
    : text;
}

export function timeOf(text: string): string | undefined {
  return TIME.test(text) ? shownTime(storedTime(text)) : undefined;
}

/** An instant with any offset, in UTC; undefined outside the years 1 to 9999. */
export function instantOf(text: string): string | undefined {
  const match = INSTANT.exec(text);
  const [, day = "", time = "", , fraction = "", , sign, hours, minutes] = match ?? [];
  if (!match || !dateOf(day)) return undefined;
  const offset = Number(`${sign ?? "+"}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const instant = new Date(new Date(`${day}T${time}Z`).getTime() - offset * 60_000);
  const year = instant.getUTCFullYear();
  if (year < 1 || year > 9999) return undefined;
  return shownInstant(`${instant.toISOString().slice(0, 19)}${sixDigits(fraction)}Z`);
}

export function storedTime(text: string): string {
  return `${text.slice(0, 8)}${sixDigits(text.slice(8))}`;
}

export function shownTime(text: string): string {
  return text.replace(ZERO, "");
}

export function storedInstant(text: string): string {
  return `${text.slice(0, 19)}${sixDigits(text.slice(19, -1))}Z`;
}

export function shownInstant(text: string): string {
  return text.replace(ZERO, "");
}

function sixDigits(fraction: string): string {
  return (fraction || ".").padEnd(ZERO.length, "0");
}
