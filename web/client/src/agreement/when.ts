/** Days, as they are read. */
import { locale } from "../base/words";

/** A moment or a day (ISO) as the day it is. */
export const dayWords = (at: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date(at.length > 10 ? at : `${at}T12:00:00`));
