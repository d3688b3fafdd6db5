/** Moments as the desks tell them. */
import { locale } from "../base/words";

export const momentWords = (at: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at));
