/** The five emergency questions, in the child's or the adult's variant. One tap on any of them is a yes. */
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import { alarm, subject } from "./draft";
import { Page } from "./Page";
import { back, go } from "./steps";

export function Screening() {
  const child = subject.value === "child";
  const questions = child ? shell.screen_child : shell.screen_adult;
  const none = (
    <button type="button" class="ds-button" data-fullwidth="" data-answer="none" onClick={() => go("person")}>
      {t("patient.none_of_these")}
    </button>
  );
  return (
    <Page
      name="screening"
      title={t(child ? "patient.screen_title_child" : "patient.screen_title")}
      lead={t("patient.screen_lead")}
      action={none}
      onBack={back}
    >
      <div class="choices">
        {questions.map((question) => (
          <button
            type="button"
            key={question.id}
            class="choice choice-alarm"
            data-question={question.id}
            onClick={() => {
              alarm.value = question.id;
            }}
          >
            <span class="choice-title">{question.wording[lang.value]}</span>
          </button>
        ))}
      </div>
    </Page>
  );
}
