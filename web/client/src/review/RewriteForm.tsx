/** The reviewer's own sentence, with what it must give: it leaves the unit and becomes a test. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { LEVELS, type Level } from "../base/urgency";
import { LANGUAGES, lang, locale, t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { TextField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { Rewritten, SetReadingAside, ShownReview } from "../wire";
import { StateField } from "./ConceptField";
import { useConcepts } from "./concepts";
import { Reads } from "./Reads";

export interface RewriteFormProps {
  shown: ShownReview;
  connection: Connection;
  changed(): unknown;
}

export function RewriteForm({ shown, connection, changed }: RewriteFormProps) {
  const { contact_id, no } = shown.listed;
  const concepts = useConcepts(connection);
  const [row, setRow] = useState<Rewritten>(() => shown.rewritten ?? beginning(shown));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const change = (some: Partial<Rewritten>) => setRow({ ...row, ...some });
  const done = async (asked: Promise<unknown>) => {
    const told = await asked.catch(keepRefusal);
    setRefusal(told instanceof Refusal ? told : null);
    if (!(told instanceof Refusal)) await changed();
  };
  const named = { contact_id, no };
  return (
    <form
      class="review-form"
      onSubmit={(event) => {
        event.preventDefault();
        void done(connection.insist("review:rewrite", { ...named, client_id: newId(), rewritten: row }));
      }}
    >
      <h3>{t("review.rewrite")}</h3>
      <p class="staff-small">{t("review.rewrite_lead")}</p>
      <TextField label={t("review.own_words")} value={row.text} rows={3} required change={(text) => change({ text })} />
      <About row={row} answers={shown.answers} change={change} />
      <StateField<Level | "">
        label={t("review.level")}
        value={row.urgency ?? ""}
        states={[["", t("review.level_any")], ...LEVELS.map((one) => [one, t(`base.urgency_${one}`)] as const)]}
        change={(urgency) => change({ urgency: urgency || null })}
      />
      <Reads concepts={concepts} reads={row.reads ?? null} change={(reads) => change({ reads })} />
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
      <div class="desk-form-foot">
        <button type="submit" class="ds-button">
          {t("review.save")}
        </button>
        <Aside aside={(why) => done(connection.insist("review:set_aside", { ...named, client_id: newId(), why }))} />
      </div>
    </form>
  );
}

/** As the case was, and as staff say it should have been read. */
function beginning({ listed, ...about }: ShownReview): Rewritten {
  const language = LANGUAGES.find((one) => one === about.lang) ?? lang.value;
  const meant = listed.meant ? [{ words: "", concept: listed.meant.concept, state: listed.meant.state }] : [];
  return {
    text: "",
    lang: language,
    subject: about.subject,
    age_y: about.age_y,
    sex: about.sex,
    with_answers: false,
    urgency: listed.after,
    reads: listed.what === "words" ? meant : null,
  };
}

interface AboutProps {
  row: Rewritten;
  answers: number;
  change(some: Partial<Rewritten>): void;
}

/** Whom it is about: a level depends on it. */
function About({ row, answers, change }: AboutProps) {
  const names = new Intl.DisplayNames([locale()], { type: "language" });
  return (
    <div class="desk-form">
      <StateField
        label={t("review.language")}
        value={row.lang}
        states={LANGUAGES.map((one) => [one, names.of(one) ?? one] as const)}
        change={(language) => change({ lang: language })}
      />
      <StateField
        label={t("review.subject")}
        value={row.subject}
        states={(["self", "child", "other"] as const).map((one) => [one, t(`staff.subject_${one}`)] as const)}
        change={(subject) => change({ subject })}
      />
      <StateField
        label={t("review.sex")}
        value={row.sex ?? ""}
        states={[["", "–"], ...(["f", "m"] as const).map((one) => [one, t(`staff.sex_${one}`)] as const)]}
        change={(sex) => change({ sex: sex || null })}
      />
      <label class="staff-field">
        {t("review.age")}
        <input
          class="ds-input"
          type="number"
          min="0"
          max="125"
          value={row.age_y ?? ""}
          onInput={({ currentTarget: { value } }) => change({ age_y: value === "" ? null : Number(value) })}
        />
      </label>
      {answers > 0 && (
        <label class="staff-check">
          <input
            type="checkbox"
            checked={row.with_answers}
            onChange={({ currentTarget }) => change({ with_answers: currentTarget.checked })}
          />
          {t("review.with_answers", { n: answers })}
        </label>
      )}
    </div>
  );
}

const WHYS: readonly SetReadingAside["why"][] = ["read_rightly", "known_already", "not_of_reading"];

/** There is nothing to learn in it. */
function Aside({ aside }: { aside(why: SetReadingAside["why"]): unknown }) {
  const [why, setWhy] = useState<SetReadingAside["why"] | "">("");
  return (
    <>
      <StateField<SetReadingAside["why"] | "">
        label={t("review.aside")}
        value={why}
        states={[["", "–"], ...WHYS.map((one) => [one, t(`review.why_${one}`)] as const)]}
        change={setWhy}
      />
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        disabled={why === ""}
        onClick={() => why && aside(why)}
      >
        {t("review.aside_do")}
      </button>
    </>
  );
}
