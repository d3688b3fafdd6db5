/** How a form's texts and answers read in the language that is chosen, and what is wrong with an answer. */
import { lang, locale, t } from "../base/words";
import type { Item } from "../wire";
import { same, type Value } from "./asked";
import "./words";

/** The text in the chosen language; else English, or whichever there is. */
export function inMine(words: Record<string, string>): string {
  return words[lang.value] ?? words.en ?? Object.values(words)[0] ?? "";
}

/** An option as it reads. */
export function optionWords(option: Item["options"][number]): string {
  const { value, words } = option;
  return inMine(words) || (typeof value === "object" ? (value.code ?? "") : String(value));
}

/** One answer as it reads. */
export function answerWords(item: Item, value: Value): string {
  const option = item.options.find((one) => same(one.value, value));
  if (option) return optionWords(option);
  if (typeof value === "boolean") return t(value ? "form.yes" : "form.no");
  if (typeof value === "number") return `${numberWords(value)} ${unitOf(item)}`.trim();
  if (typeof value === "string") return value;
  return value.type === "quantity" ? `${numberWords(value.value)} ${value.unit ?? ""}`.trim() : (value.display ?? "");
}

const numberWords = (value: number) => new Intl.NumberFormat(locale()).format(value);

/** The unit a number is in, as it is written beside it. */
export const unitOf = (item: Item): string => item.units[0]?.display ?? "";

export interface Fault {
  link_id: string;
  code: string;
  limit?: string;
}

const KNOWN = [
  "required",
  "wrong_type",
  "too_low",
  "too_high",
  "too_long",
  "too_short",
  "too_few",
  "too_many",
] as const;

/** A fault in words. */
export function faultWords({ code, limit = "" }: Fault): string {
  const known = KNOWN.find((one) => one === code);
  return known ? t(`form.fault_${known}`, { limit }) : t("form.fault_other");
}

/** What can be said to be wrong without asking the service, which has the last word. */
export function faultOf(item: Item, given: readonly Value[] | null): Fault | null {
  const fault = (code: string, limit: unknown = "") => ({ link_id: item.link_id, code, limit: String(limit) });
  if (given === null) return fault("wrong_type");
  if (given.length === 0) return item.required ? fault("required") : null;
  for (const value of given) {
    const found = boundOf(item, value);
    if (found) return fault(...found);
  }
  return null;
}

function boundOf(item: Item, value: Value): [string, unknown] | null {
  const [size, low, high] = [sizeOf(value), sizeOf(item.minimum), sizeOf(item.maximum)];
  if (low !== null && size !== null && size < low) return ["too_low", low];
  if (high !== null && size !== null && size > high) return ["too_high", high];
  const long = typeof value === "string" && item.max_length !== null && value.length > item.max_length;
  return long ? ["too_long", item.max_length] : null;
}

function sizeOf(value: Item["minimum"]): number | string | null {
  if (value === null || typeof value === "boolean") return null;
  if (typeof value !== "object") return value;
  return value.type === "quantity" ? value.value : null;
}
