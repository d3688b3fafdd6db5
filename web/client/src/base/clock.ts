/** Clock times as the reader's language writes them. */
import { locale } from "./words";

/** A clock time; with the date when it is not today's. */
export function clock(at: string, now = Date.now()): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  const day: Intl.DateTimeFormatOptions = today ? {} : { day: "numeric", month: "short" };
  return date.toLocaleString(locale(), { hour: "2-digit", minute: "2-digit", ...day });
}
