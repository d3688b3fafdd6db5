/** Languages that interpreters are asked for most, by their codes (BCP 47); their names are the browser's own. */
import { locale, t } from "../base/words";
import "./words";

/** Sign languages come first: browsers have no names for them. */
export const SIGNED = ["swl", "nsi"] as const;
export const SPOKEN = [
  "sq",
  "am",
  "ar",
  "bs",
  "hr",
  "sr",
  "my",
  "en",
  "fi",
  "fr",
  "ka",
  "ckb",
  "ku",
  "lt",
  "nb",
  "fa",
  "fa-AF",
  "ps",
  "pl",
  "ro",
  "ru",
  "se",
  "sma",
  "so",
  "es",
  "sw",
  "sv",
  "th",
  "ti",
  "tr",
  "uk",
  "ur",
  "vi",
] as const;

/** What a language is called in the language of the page; its code where nobody knows. */
export function languageName(code: string): string {
  if (code === "swl" || code === "nsi") return t(`visit.language_${code}`);
  return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code;
}

/** All of them, by their names. */
export function languageChoices(): readonly { code: string; name: string }[] {
  const named = [...SIGNED, ...SPOKEN].map((code) => ({ code, name: languageName(code) }));
  return named.sort((one, other) => one.name.localeCompare(other.name, locale()));
}
