/** How it is known, at the closing, that the patient has understood what to do if it gets worse. */
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import type { CloseContact } from "../wire";
import { ruleOf } from "./guidance";
import { netOf } from "./net";
import "./words";

export type How = CloseContact["understood"] | "ask";

export interface UnderstoodProps {
  ways: readonly How[];
  value: How;
  choose(how: How): void;
}

/** The ways open for a reason and a text, the one to begin with first. */
export function waysOf(contact: OpenContact, reason: string, text: string): readonly How[] {
  const net = netOf(contact.entries.value);
  if (net?.confirmed_at && net.body.text === text) return ["confirmed", "said"];
  if (!text) return ["not_needed"];
  const rule = ruleOf(reason);
  const asked: How[] = rule?.by_confirming === false ? [] : ["ask"];
  return rule?.safety_net === "free" ? ["not_needed", "said", ...asked] : [...asked, "said"];
}

export function Understood({ ways, value, choose }: UnderstoodProps) {
  return (
    <fieldset class="staff-outcomes">
      <legend>{t("advice.understood")}</legend>
      {ways.map((one) => (
        <label key={one}>
          <input type="radio" name="understood" value={one} checked={one === value} onChange={() => choose(one)} />
          {t(`advice.understood_${one}`)}
        </label>
      ))}
    </fieldset>
  );
}
