/** A yes among the emergency questions: the call screen at once, then sign in and send. */
import { useSignalEffect } from "@preact/signals";
import { t } from "../base/words";
import { dangerOf } from "./danger";
import { alarm, subject } from "./draft";
import { Emergency } from "./Emergency";
import { NotSeen, refusalWords } from "./Page";
import { SignInList } from "./SignIn";
import { me, notOpened, openContact, opensNow } from "./session";

export function EmergencyStart() {
  useSignalEffect(() => {
    if (me.value && alarm.value && !notOpened.value) openContact();
  });
  return (
    <main id="main">
      <Emergency danger={dangerOf(alarm.value ? [alarm.value] : [], subject.value === "child")}>
        <div class="emergency-stay">
          <h2>{t("patient.we_stay")}</h2>
          {me.value ? <Sending /> : <SignInFirst />}
        </div>
      </Emergency>
    </main>
  );
}

function SignInFirst() {
  return (
    <>
      <p>{t("patient.emergency_signin")}</p>
      <SignInList />
      <button
        type="button"
        class="text-button"
        onClick={() => {
          alarm.value = null;
        }}
      >
        {t("patient.mistap")}
      </button>
    </>
  );
}

function Sending() {
  return (
    <>
      {opensNow.value && <NotSeen text={t("patient.not_sent_yet")} />}
      {notOpened.value && (
        <p role="alert" class="refused">
          {refusalWords(notOpened.value)}{" "}
          <button type="button" class="text-button" onClick={() => openContact()}>
            {t("patient.try_again")}
          </button>
        </p>
      )}
    </>
  );
}
