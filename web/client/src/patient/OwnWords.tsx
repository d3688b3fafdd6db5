/** The patient's own words: one big field, and what helps to fill it. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import { lengthOf, subject, TEXT_LIMIT, text } from "./draft";
import { NobodyYet } from "./Nobody";
import { MainButton, NotSeen, Page, refusalWords, Wrong } from "./Page";
import { notOpened, openContact, opensNow } from "./session";
import { back } from "./steps";
import { UnitNoticeFirst } from "./UnitNotice";
import { unitNow } from "./unit_now";
import { Wishes } from "./Wishes";

/** The counter is shown from here on only: before, it would only hurry. */
const COUNT_FROM = 7_000;

export function OwnWords() {
  const empty = useSignal(false);
  const over = lengthOf(text.value) > TEXT_LIMIT;
  const send = () => {
    empty.value = text.value.trim() === "";
    if (!empty.value && !over) openContact();
  };
  const action = (
    <MainButton onClick={send} busy={opensNow.value}>
      {t(opensNow.value ? "patient.sending" : "patient.send")}
    </MainButton>
  );
  const closed = unitNow.value?.takes === false;
  const title = t(`patient.words_title_${subject.value ?? "self"}`);
  return (
    <Page
      name="words"
      step={2}
      title={title}
      lead={t("patient.words_lead")}
      action={closed ? undefined : action}
      onBack={back}
    >
      <UnitNoticeFirst />
      <NobodyYet />
      <WordsField invalid={over || empty.value} />
      {empty.value && <Wrong>{refusalWords("empty")}</Wrong>}
      {notOpened.value && <Wrong>{refusalWords(notOpened.value)}</Wrong>}
      <NotSeen text={opensNow.value ? t("patient.not_sent_yet") : undefined} />
      <Examples />
      <Wishes />
    </Page>
  );
}

/** The big field; `letter`: it is a letter's, without the examples of what one may feel. */
export function WordsField({ invalid, letter = false }: { invalid: boolean; letter?: boolean }) {
  return (
    <div class="ds-field">
      <label class="ds-label" for="own-words">
        {t(letter ? "letter.text" : "patient.words_label")}
      </label>
      <textarea
        id="own-words"
        class="ds-input own-words"
        rows={6}
        value={text.value}
        disabled={opensNow.value}
        aria-invalid={invalid}
        aria-describedby="words-hint"
        placeholder={letter ? undefined : t("patient.words_example")}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <Counter length={lengthOf(text.value)} />
    </div>
  );
}

function Examples() {
  return (
    <div class="hint" id="words-hint">
      <p>{t("patient.words_hint_title")}</p>
      <ul>
        <li>{t("patient.words_hint_when")}</li>
        <li>{t("patient.words_hint_how")}</li>
        <li>{t("patient.words_hint_tried")}</li>
      </ul>
    </div>
  );
}

export function Counter({ length }: { length: number }) {
  if (length < COUNT_FROM) return null;
  const left = TEXT_LIMIT - length;
  return (
    <p class={left < 0 ? "refused" : "hint"} role="status">
      {left < 0 ? t("patient.letters_over", { n: -left }) : t("patient.letters_left", { n: left })}
    </p>
  );
}
