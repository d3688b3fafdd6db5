/** A text for everybody who comes to the unit, in two languages at least, for a while. */
import { useState } from "preact/hooks";
import { newId } from "../base/id";
import { languageWords } from "../base/language";
import { LANGUAGES, t } from "../base/words";
import { useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { Steered } from "../wire";
import type { NowProps } from "./Now";
import { timeWords } from "./numbers";
import { Minutes } from "./Surge";

const TEXT_LIMIT = 500;
const FEWEST = 2;

export function Outage({ view, connection, changed }: NowProps) {
  const { refusal, busy, ask } = useAsking<Steered>();
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [minutes, setMinutes] = useState(120);
  const [few, setFew] = useState(false);
  const { outage } = view;
  const set = async (until: number) => {
    const written = Object.values(texts).filter((text) => text.trim()).length;
    setFew(until > 0 && written < FEWEST);
    if (until > 0 && written < FEWEST) return;
    const request = { unit_id: view.unit_id, client_id: newId(), minutes: until, texts: until ? texts : {} };
    if (await ask(connection.insist("outage:set", request))) setTexts({});
    await changed();
  };
  return (
    <section class="desk-card lead-steer" data-on={outage !== null}>
      <h2>{t("lead.outage")}</h2>
      <p>{t("lead.outage_lead")}</p>
      {outage ? (
        <>
          <p role="status">
            <strong>{t("lead.outage_on", { until: timeWords(outage.until) })}</strong>{" "}
            {t("lead.set_by", { name: outage.name || t("lead.a_colleague"), at: timeWords(outage.since) })}
          </p>
          <dl class="desk-facts">
            {Object.entries(outage.texts).map(([lang, text]) => (
              <>
                <dt key={`${lang} name`}>{languageWords(lang)}</dt>
                <dd key={lang} lang={lang}>
                  {text}
                </dd>
              </>
            ))}
          </dl>
          <div class="desk-form-foot">
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-busy={busy}
              onClick={() => void set(0)}
            >
              {t("lead.outage_end")}
            </button>
          </div>
        </>
      ) : (
        <form
          class="desk-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void set(minutes);
          }}
        >
          {LANGUAGES.map((lang) => (
            <label key={lang} class="lead-field">
              {languageWords(lang)}
              <textarea
                class="ds-input"
                lang={lang}
                rows={3}
                maxLength={TEXT_LIMIT}
                value={texts[lang] ?? ""}
                onInput={(event) => setTexts({ ...texts, [lang]: event.currentTarget.value })}
              />
            </label>
          ))}
          <Minutes longest={view.outage_longest_min} value={minutes} choose={setMinutes} />
          <div class="desk-form-foot">
            <button type="submit" class="ds-button" aria-busy={busy}>
              {t("lead.outage_begin")}
            </button>
          </div>
        </form>
      )}
      {(few || refusal) && (
        <p role="alert" class="staff-problem">
          {few || !refusal ? t("lead.two_languages") : refusalWords(refusal.code)}
        </p>
      )}
    </section>
  );
}
