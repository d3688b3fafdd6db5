/** The reply templates that everybody at a unit has, in every language. */
import { newId } from "../base/id";
import { LANGUAGES, lang, locale, t } from "../base/words";
import { TextField } from "../staff/Dialog";
import type { SharedTemplate, TemplatesSheet } from "../wire";
import { Choice, Field, Group, Small } from "./fields";
import "../staff/template_words";

const PLACES = ["name", "unit", "clinician", "phone", "emergency", "advice"].map((place) => `{${place}}`).join(" ");
/** A year, as at the workplace. */
const REVIEW_MS = 365 * 86_400_000;

interface FormProps {
  value: TemplatesSheet;
  change(value: TemplatesSheet): void;
}

export function TemplatesSheetForm({ value, change }: FormProps) {
  const templates = value.templates ?? {};
  const put = (id: string, one: SharedTemplate) => change({ templates: { ...templates, [id]: one } });
  const languages = new Intl.DisplayNames([locale()], { type: "language" });
  const sorted = Object.entries(templates).sort(
    ([, one], [, other]) => Number(other.lang === lang.value) - Number(one.lang === lang.value),
  );
  return (
    <>
      <p class="directory-how">{t("template.places", { list: PLACES })}</p>
      <Small words={t("template.add")} act={() => put(newId(), blank())} />
      {sorted.map(([id, one]) => (
        <Group key={id} legend={`${one.title || t("template.add")} /${one.abbreviation}`}>
          <div class="desk-form">
            <Field
              label={t("template.abbreviation")}
              value={one.abbreviation}
              change={(text) => put(id, { ...one, abbreviation: text.toLowerCase().replace(/^\//, "").trim() })}
            />
            <Field label={t("template.name")} value={one.title} change={(title) => put(id, { ...one, title })} />
            <Choice
              label={t("template.lang")}
              value={one.lang}
              options={LANGUAGES.map((each) => [each, languages.of(each) ?? each] as const)}
              choose={(chosen) => put(id, { ...one, lang: LANGUAGES.find((each) => each === chosen) ?? one.lang })}
            />
            <Field
              label={t("template.review_on")}
              type="date"
              value={one.review_on}
              change={(review_on) => put(id, { ...one, review_on })}
            />
          </div>
          <TextField
            label={t("template.text")}
            value={one.text}
            rows={4}
            limit={4_000}
            change={(text) => put(id, { ...one, text })}
          />
          <Small
            words={t("template.remove")}
            label={t("template.remove_named", { title: one.title })}
            act={() =>
              change({ templates: Object.fromEntries(Object.entries(templates).filter(([other]) => other !== id)) })
            }
          />
        </Group>
      ))}
    </>
  );
}

function blank(): SharedTemplate {
  const review_on = new Date(Date.now() + REVIEW_MS).toISOString().slice(0, 10);
  return { lang: lang.value, abbreviation: "", title: "", text: "", review_on };
}
