/** Writing to the unit: the ways in on the first screen, one's own letters, and the fields of a new one. */
import { t } from "../base/words";
import { letter, TITLE_LIMIT, title } from "../patient/draft";
import { offered } from "../patient/offered";
import { WorseLine } from "../patient/Status";
import { letters, me, take } from "../patient/session";
import { stateWords } from "./own";
import "./letter.css";

/** One for each unit that takes letters from oneself or from whom one stands for. */
export function WriteTo({ begin }: { begin(person: string): void }) {
  const own = me.value?.id.replace(/^patient:/, "");
  const names = new Map(me.value?.represents.map((one) => [one.person_id, one.name]));
  return (offered.value ?? [])
    .filter(({ functions }) => functions.includes("messages"))
    .flatMap(({ unit, unit_id, persons }) =>
      persons.map((person) => (
        <button
          type="button"
          key={`${unit_id} ${person}`}
          class="choice"
          data-letter={unit_id}
          onClick={() => {
            begin(person === own ? "" : person);
            letter.value = { unit_id, unit };
          }}
        >
          <span class="choice-title">
            {person === own
              ? t("letter.write_to", { unit })
              : t("letter.write_for", { unit, name: names.get(person) ?? "" })}
          </span>
          <span class="choice-more">{t("letter.write_more")}</span>
        </button>
      )),
    );
}

/** Letters that are not closed, each with its subject and by when it is answered. */
export function OwnLetters() {
  if (letters.value.length === 0) return null;
  return (
    <section class="own-letters" aria-labelledby="own-letters">
      <h2 id="own-letters">{t("letter.own")}</h2>
      {letters.value.map((one) => (
        <button
          type="button"
          key={one.contact_id}
          class="choice"
          data-own-letter={one.contact_id}
          onClick={() => take(one.contact_id)}
        >
          <span class="choice-title">{one.letter?.title}</span>
          <span class="choice-more">
            {stateWords(one)} · {one.unit}
            {one.about && ` · ${one.about}`}
          </span>
        </button>
      ))}
    </section>
  );
}

/** What a letter is not for, with whom to call. */
export function NotUrgent() {
  return (
    <section class="not-urgent" aria-label={t("letter.not_urgent")}>
      <p>
        <strong>{t("letter.not_urgent")}</strong>
      </p>
      <WorseLine />
    </section>
  );
}

export function TitleField({ invalid, disabled }: { invalid: boolean; disabled: boolean }) {
  return (
    <div class="ds-field">
      <label class="ds-label" for="letter-title">
        {t("letter.subject")}
      </label>
      <p class="hint" id="letter-title-hint">
        {t("letter.subject_hint")}
      </p>
      <input
        class="ds-input"
        id="letter-title"
        type="text"
        maxLength={TITLE_LIMIT}
        autocomplete="off"
        value={title.value}
        disabled={disabled}
        aria-invalid={invalid}
        aria-describedby="letter-title-hint"
        onInput={(event) => {
          title.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}
