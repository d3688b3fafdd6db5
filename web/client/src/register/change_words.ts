/** Changes of who somebody is, and what follows from them, in words. */
import { locale, t } from "../base/words";
import type { Foreseen, PersonChange, RegisteredProxy } from "../wire";

export const dayWords = (day: string) =>
  day && new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(`${day.slice(0, 10)}T12:00:00`));

/** What is to be done, in one line; `other` is the other person's name, where it may be told. */
export function changeWords(change: PersonChange, other: string): string {
  const values = { other: other || t("register.somebody"), kind: protectionWords(change.protection) };
  if (change.kind === "end_number") return t(change.wrong ? "register.do_wrong_number" : "register.do_end_number");
  return t(`register.do_${change.kind}`, values);
}

export const protectionWords = (protection: PersonChange["protection"]) =>
  protection ? t(`staff.protection_${protection}`) : "";

export const basisWords = (basis: RegisteredProxy["basis"]) => t(`register.basis_${basis}`);

/** Until when, or why not now. */
export function standsWords({ until, hindrance }: Pick<Foreseen, "until" | "hindrance">): string {
  if (hindrance) return t(`register.not_${hindrance}`);
  return until ? t("register.until", { day: dayWords(until) }) : t("register.until_ended");
}

/** What follows, each in a sentence, before it is done. */
export function foreseenWords(change: PersonChange, foreseen: Foreseen): string[] {
  const { contacts, proxies, second } = foreseen;
  const lines = followWords(change, foreseen, contacts, proxies);
  return second ? [...lines, t("register.second")] : lines;
}

function followWords(change: PersonChange, foreseen: Foreseen, contacts: number, proxies: number): string[] {
  switch (change.kind) {
    case "merge":
      return [
        ...foreseen.differs.map((name) => t(name === "sex" ? "register.differs_sex" : "register.differs_born")),
        t("register.merge_contacts", { n: contacts }),
        t("register.merge_signs_in"),
        ...(foreseen.protects ? [t("register.merge_protects")] : []),
      ];
    case "part":
      return [t("register.part_contacts", { n: contacts }), t("register.part_stays")];
    case "protect":
      return [t("register.protect_hides"), t("register.protect_proxies", { n: proxies })];
    case "lift":
      return [t("register.lift_shows"), t("register.lift_proxies", { n: proxies })];
    case "proxy":
      return [t("register.proxy_sees"), standsWords(foreseen)];
    case "number":
      return [t("register.number_signs_in")];
    case "end_number":
      return [t(change.wrong ? "register.wrong_number_finds_nobody" : "register.end_number_still_finds")];
    case "end_proxy":
      return [t("register.end_proxy_sees_no_more")];
  }
}
