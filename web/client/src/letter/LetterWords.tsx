/** The last screen before a letter is sent: its subject and its text, and first what it is not for. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import { lengthOf, letter, TEXT_LIMIT, text, title } from "../patient/draft";
import { WordsField } from "../patient/OwnWords";
import { MainButton, NotSeen, Page, refusalWords, Wrong } from "../patient/Page";
import { notOpened, openContact, opensNow } from "../patient/session";
import { back } from "../patient/steps";
import { NotUrgent, TitleField } from "./Write";

export function LetterWords() {
  const pressed = useSignal(false);
  const untitled = pressed.value && title.value.trim() === "";
  const empty = pressed.value && text.value.trim() === "";
  const over = lengthOf(text.value) > TEXT_LIMIT;
  const send = () => {
    pressed.value = true;
    if (title.value.trim() !== "" && text.value.trim() !== "" && !over) openContact();
  };
  const action = (
    <MainButton onClick={send} busy={opensNow.value}>
      {t(opensNow.value ? "patient.sending" : "patient.send")}
    </MainButton>
  );
  return (
    <Page
      name="words"
      step={2}
      title={t("letter.words_title", { unit: letter.value?.unit ?? "" })}
      lead={t("letter.words_lead")}
      action={action}
      onBack={back}
    >
      <NotUrgent />
      <TitleField invalid={untitled} disabled={opensNow.value} />
      {untitled && <Wrong>{t("letter.subject_needed")}</Wrong>}
      <WordsField invalid={over || empty} letter />
      {empty && <Wrong>{refusalWords("empty")}</Wrong>}
      {notOpened.value && <Wrong>{refusalWords(notOpened.value)}</Wrong>}
      <NotSeen text={opensNow.value ? t("patient.not_sent_yet") : undefined} />
      <p class="hint" id="words-hint">
        {t("letter.files_hint")}
      </p>
    </Page>
  );
}
