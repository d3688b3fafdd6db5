/**
 * Every word on the screen, in three languages. A catalogue is `words/<area>.<language>.json`; an area registers
 * itself and joins the interface `Catalogues`, so that a key that does not exist does not compile.
 */
import { effect, signal } from "@preact/signals";
import en from "../words/base.en.json";
import nb from "../words/base.nb.json";
import sv from "../words/base.sv.json";

export const LANGUAGES = ["sv", "nb", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
/** A text, or one text a plural category of the number `n` (CLDR names: one, other). */
export type Entry = string | { one: string; other: string };
type Catalogue = Record<string, Entry>;

/** Areas extend this: `declare module "../base/words" { interface Catalogues { patient: typeof sv } }`. */
export interface Catalogues {
  base: typeof sv;
}
export type Key = { [A in keyof Catalogues]: `${A & string}.${keyof Catalogues[A] & string}` }[keyof Catalogues];

const KEPT = "fyr-language";
const areas = new Map<string, Record<Language, Catalogue>>();

/** The chosen language; reading it in a component makes the component follow it. */
export const lang = signal<Language>("sv");

const LOCALES: Record<Language, string> = { sv: "sv-SE", nb: "nb-NO", en: "en-GB" };

/** For Intl: dates, clocks and numbers as they are written here, in every language. */
export const locale = (): string => LOCALES[lang.value];

/** Adds an area's catalogues. */
export function register<A extends keyof Catalogues>(area: A, catalogues: Record<Language, Catalogue>): void {
  areas.set(area, catalogues);
}

/** The text of a key with `{name}` filled in; `n` also chooses the plural form. For who reads another language: `language`. */
export function t(key: Key, values: Record<string, string | number> = {}, language = lang.value): string {
  const [area = "", name = ""] = split(key);
  const entry = areas.get(area)?.[language][name];
  if (entry === undefined) throw new Error(`no words for ${key}`);
  const text = typeof entry === "string" ? entry : entry[pluralForm(language, Number(values.n ?? 0))];
  return text.replace(/\{(\w+)\}/g, (_, field: string) => String(values[field] ?? ""));
}

/** True when there is such a key: for codes that come from the server. */
export function hasWords(key: string): key is Key {
  const [area = "", name = ""] = split(key);
  return areas.get(area)?.sv[name] !== undefined;
}

function split(key: string): [string, string] {
  const dot = key.indexOf(".");
  return [key.slice(0, dot), key.slice(dot + 1)];
}

function pluralForm(language: Language, n: number): "one" | "other" {
  return new Intl.PluralRules(language).select(n) === "one" ? "one" : "other";
}

/** The first language of the list that we speak, else the country's own. */
export function languageFor(wanted: readonly string[], country: "se" | "no"): Language {
  const spoken: Record<string, Language> = { sv: "sv", nb: "nb", nn: "nb", no: "nb", en: "en" };
  for (const tag of wanted) {
    const found = spoken[tag.slice(0, 2).toLowerCase()];
    if (found) return found;
  }
  return country === "no" ? "nb" : "sv";
}

/** Starts with the language kept on this device, else the browser's; keeps what is chosen and tells the document. */
export function startLanguage(country: "se" | "no"): void {
  const kept = localStorage.getItem(KEPT);
  const known = LANGUAGES.find((language) => language === kept);
  lang.value = known ?? languageFor(navigator.languages, country);
  effect(() => {
    document.documentElement.lang = lang.value;
  });
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  lang.value = language;
}

register("base", { sv, nb, en });
