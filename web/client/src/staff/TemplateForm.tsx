/** Writing or changing one reply template. */
import { useState } from "preact/hooks";
import { LANGUAGES, lang, locale, t } from "../base/words";
import type { Template, TemplateList } from "../wire";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";
import { asWritten, type Written } from "./templates";

const PLACES = ["name", "unit", "clinician", "phone", "emergency", "advice"].map((place) => `{${place}}`).join(" ");
const DAY_MS = 86_400_000;
/** A year: long enough to be worth writing, short enough that someone still knows why it says so. */
const REVIEW_DAYS = 365;
const ABBREVIATION = "[a-zåäöæø0-9][a-zåäöæø0-9\\-]{0,19}";

export interface TemplateFormProps {
  contact: OpenContact;
  list: TemplateList;
  /** Null for a new one. */
  template: Template | null;
  close(): void;
}

export function TemplateForm({ contact, list, template, close }: TemplateFormProps) {
  const [written, setWritten] = useState<Written>(() => (template ? asWritten(template) : blank()));
  const set = (change: Partial<Written>) => setWritten((before) => ({ ...before, ...change }));
  const ready = written.title.trim() !== "" && written.text.trim() !== "" && written.abbreviation !== "";
  const { templates } = contact;
  return (
    <AskDialog
      title={template ? t("template.edit_named", { title: template.title }) : t("template.add")}
      close={close}
      does={t("template.save")}
      ready={ready}
      words={refusalOf}
      act={() => (template ? templates.change(template, written) : templates.add(written))}
    >
      <div class="template-pair">
        <label class="staff-field">
          {t("template.abbreviation")}
          <input
            class="ds-input"
            required
            pattern={ABBREVIATION}
            title={t("template.abbreviation_hint")}
            value={written.abbreviation}
            autocapitalize="none"
            onInput={(event) => set({ abbreviation: event.currentTarget.value.toLowerCase().replace(/^\//, "") })}
          />
        </label>
        <LanguageField value={written.lang} change={(chosen) => set({ lang: chosen })} />
      </div>
      <label class="staff-field">
        {t("template.name")}
        <input
          class="ds-input"
          required
          maxLength={80}
          value={written.title}
          onInput={(event) => set({ title: event.currentTarget.value })}
        />
      </label>
      <TextField
        label={t("template.text")}
        value={written.text}
        rows={6}
        limit={4_000}
        required
        change={(text) => set({ text })}
      />
      <p class="staff-small">{t("template.places", { list: PLACES })}</p>
      <label class="staff-field">
        {t("template.review_on")}
        <input
          class="ds-input"
          type="date"
          required={written.shared_with !== ""}
          value={written.review_on}
          onInput={(event) => set({ review_on: event.currentTarget.value })}
        />
      </label>
      {list.may_share && !template && (
        <label class="staff-check">
          <input
            type="checkbox"
            checked={written.shared_with !== ""}
            onChange={(event) => set({ shared_with: event.currentTarget.checked ? list.unit_id : "" })}
          />
          {t("template.shared")}
        </label>
      )}
    </AskDialog>
  );
}

function blank(): Written {
  const review_on = new Date(Date.now() + REVIEW_DAYS * DAY_MS).toISOString().slice(0, 10);
  return { shared_with: "", lang: lang.value, abbreviation: "", title: "", text: "", review_on };
}

function LanguageField({ value, change }: { value: Written["lang"]; change(value: Written["lang"]): void }) {
  const names = new Intl.DisplayNames([locale()], { type: "language" });
  return (
    <label class="staff-field">
      {t("template.lang")}
      <select
        class="ds-input"
        value={value}
        onChange={(event) => change(LANGUAGES.find((one) => one === event.currentTarget.value) ?? value)}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one}>
            {names.of(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What a refusal means here, where it is not what it means elsewhere. */
function refusalOf(code: string): string | null {
  if (code === "behind") return t("template.changed_meanwhile");
  if (code === "not_found") return t("template.not_yours");
  return code === "bad_request" ? t("template.refused") : null;
}
