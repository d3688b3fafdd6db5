/** The first screen: who needs help. Works with no server. */

import { shell } from "../base/shell";
import { locale, t } from "../base/words";
import { OwnLetters, WriteTo } from "../letter/Write";
import type { RepresentedPerson } from "../wire";
import { ADULT_Y, chooseRepresented, chooseSubject, MONTHS_UNTIL_Y, type Subject } from "./draft";
import { CallLink } from "./Frame";
import { Phone } from "./icons";
import { NotOffered } from "./NotOffered";
import { OwnData } from "./OwnData";
import { hasTimes, isFollowed, lacking, servicesNow, useOffered } from "./offered";
import { lay } from "./over";
import { Page } from "./Page";
import { earlier, me, take } from "./session";
import { go } from "./steps";
import { UnitNoticeFirst } from "./UnitNotice";

/** A child one has the custody of is chosen by name: then the contact is theirs, and "a child" without a name is gone. */
function subjects(represented: readonly RepresentedPerson[]): readonly Subject[] {
  return represented.some((one) => one.age_y < ADULT_Y) ? ["self", "other"] : ["self", "child", "other"];
}

export function Start() {
  const choose = (who: Subject) => {
    chooseSubject(who, me.value ?? null);
    go("screening");
  };
  const chooseNamed = (person: RepresentedPerson) => {
    chooseRepresented(person);
    go("screening");
  };
  const beginFor = (person_id: string) => {
    const other = me.value?.represents.find((one) => one.person_id === person_id);
    if (other) chooseNamed(other);
    else choose("self");
  };
  useOffered();
  const lacks = me.value ? lacking(personOf(me.value.id), "seek_care_chat") : null;
  const represented = (me.value?.represents ?? []).filter((one) => !lacking(one.person_id, "seek_care_chat"));
  const [first, ...others] = subjects(represented);
  const plain = (who: Subject | undefined) =>
    who && (
      <button type="button" key={who} class="choice" data-subject={who} onClick={() => choose(who)}>
        <span class="choice-title">{t(`patient.subject_${who}`)}</span>
        <span class="choice-more">{t(`patient.subject_${who}_more`)}</span>
      </button>
    );
  return (
    <Page name="start" title={t("patient.start_title")} lead={t("patient.start_lead")}>
      <UnitNoticeFirst />
      {lacks && <NotOffered unit={lacks} />}
      <div class="choices">
        {!lacks && plain(first)}
        {represented.map((person) => (
          <button
            type="button"
            key={person.person_id}
            class="choice"
            data-person={person.person_id}
            onClick={() => chooseNamed(person)}
          >
            <span class="choice-title">{person.name}</span>
            <span class="choice-more">
              {t("patient.represented_more", { name: firstName(person), age: ageWords(person) })}
            </span>
          </button>
        ))}
        {!lacks && others.map(plain)}
      </div>
      <section class="call-card">
        <h2>{t("patient.danger_title")}</h2>
        <p>{t("patient.danger_text")}</p>
        <CallLink kind="emergency" class="ds-button call-button">
          <Phone />
          {t("patient.call", { number: shell.numbers.emergency })}
        </CallLink>
      </section>
      <OwnLetters />
      <div class="choices">
        <Quiet />
        <WriteTo begin={beginFor} />
      </div>
      <Earlier />
      <OwnData />
    </Page>
  );
}

/** What is no request for help now: booked times, or signing in to see what one has here. */
function Quiet() {
  if (me.value === null)
    return (
      <button type="button" class="choice" onClick={() => lay("signin")}>
        <span class="choice-title">{t("patient.signin_first")}</span>
        <span class="choice-more">{t("patient.signin_first_more")}</span>
      </button>
    );
  return (
    <>
      {isFollowed() && (
        <button type="button" class="choice" data-home="" onClick={() => lay("followup")}>
          <span class="choice-title">{t("patient.home_title")}</span>
          <span class="choice-more">{t("patient.home_more")}</span>
        </button>
      )}
      <InvitedTo />
      {hasTimes() && (
        <button type="button" class="choice" data-times="" onClick={() => lay("booking")}>
          <span class="choice-title">{t("patient.times_title")}</span>
          <span class="choice-more">{t("patient.times_more")}</span>
        </button>
      )}
    </>
  );
}

/** Services one was invited to: what waits for an answer is said first. */
function InvitedTo() {
  const now = servicesNow();
  if (now === "none") return null;
  return (
    <button type="button" class="choice" data-services={now} onClick={() => lay("services")}>
      <span class="choice-title">{t(`patient.services_${now}`)}</span>
      <span class="choice-more">{t(`patient.services_${now}_more`)}</span>
    </button>
  );
}

/** A patient's own id among persons. */
const personOf = (actor: string) => actor.replace(/^patient:/, "");

const firstName = (person: RepresentedPerson) => person.name.split(" ")[0] ?? "";

const ageWords = ({ age_y, age_m }: RepresentedPerson) =>
  age_y < MONTHS_UNTIL_Y ? t("patient.represented_months", { n: age_m }) : t("patient.represented_years", { n: age_y });

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
              {one.about && `, ${t("patient.earlier_about", { name: one.about })}`}
              {one.letter && `, ${t("letter.about", { title: one.letter.title })}`}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
