/** A language by its tag, in the words of the page. */
import { locale } from "./words";

export function languageWords(tag: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // no language tag: said as it was written
  }
}
