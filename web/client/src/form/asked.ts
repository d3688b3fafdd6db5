/** Which questions are asked for given answers, as the service decides it (care/forms/enabled.py). Pure. */
import type { Condition, FormSaved, Item, Questionnaire } from "../wire";

export type Answers = FormSaved["answers"];
export type Value = Answers[string][number];

/** Everything that is shown, in order, groups before what lies in them. */
export function asked(form: Questionnaire, answers: Answers): Item[] {
  const parents = new Map<string, Item | null>();
  const place = (items: readonly Item[], parent: Item | null) => {
    for (const item of items) {
      parents.set(item.link_id, parent);
      place(item.items, item);
    }
  };
  place(form.items, null);
  const every = flat(form.items);
  const known = new Map(every.map((item) => [item.link_id, item]));
  const shown = new Map<string, boolean>();
  const isShown = (item: Item | undefined): boolean => {
    if (!item) return false;
    const before = shown.get(item.link_id);
    if (before !== undefined) return before;
    shown.set(item.link_id, false);
    const parent = parents.get(item.link_id);
    const told = item.enable_when.map((one) =>
      holds(one, isShown(known.get(one.question)) ? (answers[one.question] ?? []) : []),
    );
    const own = told.length === 0 || (item.enable_behavior === "all" ? told.every(Boolean) : told.some(Boolean));
    const now = own && (!parent || isShown(parent));
    shown.set(item.link_id, now);
    return now;
  };
  return every.filter(isShown);
}

const flat = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...flat(item.items)]);

/** What takes a screen of its own. */
export const screens = (form: Questionnaire, answers: Answers): Item[] =>
  asked(form, answers).filter((item) => item.type !== "group");

function holds(condition: Condition, given: readonly Value[]): boolean {
  const { operator, answer } = condition;
  if (operator === "exists") return given.length > 0 === answer;
  if (operator === "=") return given.some((one) => same(one, answer));
  if (operator === "!=") return !given.some((one) => same(one, answer));
  return given.some((one) => ordered(operator, one, answer));
}

type Ordering = Exclude<Condition["operator"], "exists" | "=" | "!=">;

function ordered(operator: Ordering, one: Value, other: Value): boolean {
  const [left, right] = [measure(one), measure(other)];
  if (typeof left !== typeof right || typeof left === "boolean" || left === null || right === null) return false;
  if (typeof one === "object" && typeof other === "object" && !sameUnit(one, other)) return false;
  if (operator === ">") return left > right;
  if (operator === "<") return left < right;
  return operator === ">=" ? left >= right : left <= right;
}

function measure(value: Value): number | string | boolean | null {
  if (typeof value !== "object") return value;
  return value.type === "quantity" ? value.value : null;
}

/** Codes by system and code, quantities in one unit by their number. */
export function same(one: Value, other: Value): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if (one.type === "coding" && other.type === "coding")
    return (one.system ?? "") === (other.system ?? "") && (one.code ?? "") === (other.code ?? "");
  return one.type === "quantity" && other.type === "quantity" && one.value === other.value && sameUnit(one, other);
}

function sameUnit(one: Exclude<Value, string | number | boolean>, other: typeof one): boolean {
  if (one.type !== "quantity" || other.type !== "quantity") return false;
  if (one.code && other.code) return one.system === other.system && one.code === other.code;
  return one.unit === other.unit;
}

/** The answers of what is shown. */
export function counting(form: Questionnaire, answers: Answers): Answers {
  const kept = screens(form, answers).filter((item) => (answers[item.link_id]?.length ?? 0) > 0);
  return Object.fromEntries(kept.map((item) => [item.link_id, answers[item.link_id] ?? []]));
}
