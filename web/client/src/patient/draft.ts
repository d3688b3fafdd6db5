/** What the patient has said before anything is sent. Here it is in memory; `typed` keeps it sealed for a reload. */
import { computed, signal } from "@preact/signals";
import { newId } from "../base/id";
import { lang } from "../base/words";
import type { Me, OpenContact, RepresentedPerson } from "../wire";

export type Subject = OpenContact["subject"];
export type Sex = "f" | "m";
export type AgeUnit = "years" | "months";
export interface Age {
  value: number;
  unit: AgeUnit;
}

export const TEXT_LIMIT = 8_000;
export const TITLE_LIMIT = 120;
const MONTHS_A_YEAR = 12;
export const ADULT_Y = 18;
/** Below this a year is too coarse. */
export const MONTHS_UNTIL_Y = 2;

export const subject = signal<Subject | null>(null);
/** Somebody one represents, when it is about them: their id in the register. */
export const forPerson = signal<string | null>(null);
export const age = signal<Age | null>(null);
export const sex = signal<Sex | null>(null);
export const text = signal("");
/** The unit one writes a letter to; null: one seeks care by chat. */
export const letter = signal<{ unit_id: string; unit: string } | null>(null);
/** The letter's subject. */
export const title = signal("");
/** The emergency question answered yes. */
export const alarm = signal<string | null>(null);
/** What care is sought for, where the region offers a choice; empty: nothing in particular. */
export const service = signal("");
/** The language one wants to be answered in, where it is another than the page's: `ar`. */
export const speaks = signal("");
/** One id for one opening, so that sending it again never opens a second contact. */
let clientId = newId();

export const anythingTyped = computed(() => `${text.value}${title.value}`.trim() !== "" || alarm.value !== null);

export function clearDraft(): void {
  subject.value = null;
  forPerson.value = null;
  age.value = null;
  sex.value = null;
  text.value = "";
  letter.value = null;
  title.value = "";
  alarm.value = null;
  service.value = "";
  speaks.value = "";
  clientId = newId();
}

/** Whom it is about; the age and sex of someone else never stay. */
export function chooseSubject(who: Subject, me: Me | null): void {
  if (subject.value !== who || forPerson.value !== null) {
    age.value = null;
    sex.value = null;
  }
  subject.value = who;
  forPerson.value = null;
  letter.value = null;
  if (me) prefill(me);
}

/** Somebody the register knows: their age and sex are known as well. */
export function chooseRepresented(person: RepresentedPerson): void {
  subject.value = person.age_y < ADULT_Y ? "child" : "other";
  forPerson.value = person.person_id;
  letter.value = null;
  const inMonths = person.age_y < MONTHS_UNTIL_Y;
  age.value = inMonths ? { value: person.age_m, unit: "months" } : { value: person.age_y, unit: "years" };
  sex.value = person.sex;
}

/** For oneself, age and sex are known from the sign-in. */
export function prefill(me: Me): void {
  if (subject.value !== "self") return;
  if (me.age_y !== null) age.value ??= { value: me.age_y, unit: "years" };
  sex.value ??= me.sex;
}

/** After a refusal: what is sent next is another opening. */
export function renewId(): void {
  clientId = newId();
}

/** All of it, to be kept for a reload. */
export interface KeptOpening {
  subject: Subject | null;
  /** Unset in what an earlier version of the page has kept. */
  for_person?: string | null;
  age: Age | null;
  sex: Sex | null;
  text: string;
  alarm: string | null;
  /** Unset, as above. */
  service?: string;
  speaks?: string;
  letter?: { unit_id: string; unit: string } | null;
  title?: string;
  client_id: string;
}

export function snapshot(): KeptOpening {
  return {
    subject: subject.value,
    for_person: forPerson.value,
    age: age.value,
    sex: sex.value,
    text: text.value,
    alarm: alarm.value,
    service: service.value,
    speaks: speaks.value,
    letter: letter.value,
    title: title.value,
    client_id: clientId,
  };
}

/** Takes up what was said before; the same id, so that it opens one contact. */
export function restore(kept: KeptOpening): void {
  subject.value = kept.subject;
  forPerson.value = kept.for_person ?? null;
  age.value = kept.age;
  sex.value = kept.sex;
  text.value = kept.text;
  alarm.value = kept.alarm;
  service.value = kept.service ?? "";
  speaks.value = kept.speaks ?? "";
  letter.value = kept.letter ?? null;
  title.value = kept.title ?? "";
  clientId = kept.client_id;
}

/** What was said in a request that is on its way. */
export function restoreSent(sent: OpenContact): void {
  restore({
    subject: sent.subject,
    for_person: sent.for_person ?? null,
    age: ageOf(sent),
    sex: sent.sex ?? null,
    text: sent.text ?? "",
    alarm: sent.screen?.[0] ?? null,
    ...wishesOf(sent),
    client_id: sent.client_id,
  });
}

function ageOf({ age_y = null, age_m = null }: OpenContact): Age | null {
  if (age_m !== null) return { value: age_m, unit: "months" };
  return age_y === null ? null : { value: age_y, unit: "years" };
}

/** Whom it is for, and by whom one wants to be answered. */
function wishesOf({ service, speaks, title: named, unit_id }: OpenContact) {
  return {
    service: service ?? "",
    speaks: speaks ?? "",
    letter: named ? { unit_id: unit_id ?? "", unit: "" } : null,
    title: named ?? "",
  };
}

/**
 * The request that opens the contact. `age_m` is the whole age in months, given for the youngest. A yes among the
 * emergency questions makes a chat of what was begun as a letter.
 */
export function opening(): OpenContact {
  const given = age.value;
  const inMonths = given?.unit === "months";
  const to = alarm.value ? null : letter.value;
  return {
    client_id: clientId,
    subject: subject.value ?? "self",
    for_person: forPerson.value,
    age_y: given ? (inMonths ? Math.floor(given.value / MONTHS_A_YEAR) : given.value) : null,
    age_m: given && inMonths ? given.value : null,
    sex: sex.value,
    lang: lang.value,
    service: service.value || null,
    speaks: speaks.value || null,
    screen: alarm.value ? [alarm.value] : [],
    text: text.value.trim(),
    unit_id: to?.unit_id ?? null,
    title: to ? title.value.trim() : null,
  };
}

/** Code points, as the server counts them. */
export const lengthOf = (value: string): number => [...value].length;
