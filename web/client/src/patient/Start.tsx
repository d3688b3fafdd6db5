/** The first screen: who needs help. Works with no server. */

import { shell } from "../base/shell";
import { locale, t } from "../base/words";
import { chooseSubject, type Subject } from "./draft";
import { CallLink } from "./Frame";
import { Phone } from "./icons";
import { Page } from "./Page";
import { earlier, me, take } from "./session";
import { go } from "./steps";

const SUBJECTS: readonly Subject[] = ["self", "child", "other"];

export function Start() {
  const choose = (who: Subject) => {
    chooseSubject(who, me.value ?? null);
    go("screening");
  };
  return (
    <Page name="start" title={t("patient.start_title")} lead={t("patient.start_lead")}>
      <div class="choices">
        {SUBJECTS.map((who) => (
          <button type="button" key={who} class="choice" data-subject={who} onClick={() => choose(who)}>
            <span class="choice-title">{t(`patient.subject_${who}`)}</span>
            <span class="choice-more">{t(`patient.subject_${who}_more`)}</span>
          </button>
        ))}
      </div>
      <section class="call-card">
        <h2>{t("patient.danger_title")}</h2>
        <p>{t("patient.danger_text")}</p>
        <CallLink kind="emergency" class="ds-button call-button">
          <Phone />
          {t("patient.call", { number: shell.numbers.emergency })}
        </CallLink>
      </section>
      <Earlier />
    </Page>
  );
}

/** Contacts that are closed: their transcripts stay readable. */
function Earlier() {
  if (earlier.value.length === 0) return null;
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" });
  return (
    <details class="ds-details earlier">
      <summary>{t("patient.earlier", { n: earlier.value.length })}</summary>
      <ul>
        {earlier.value.map((one) => (
          <li key={one.contact_id}>
            <button type="button" class="text-button" onClick={() => take(one.contact_id)}>
              {day.format(new Date(one.opened_at))}, {one.unit}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
