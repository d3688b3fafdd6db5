/** The open contact: status, conversation, composer, and the way into video. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Attachments } from "../attachment/Attachments";
import { t } from "../base/words";
import "../duty/words";
import type { FormScreen } from "../form/FormScreen";
import type { OpenForm } from "../form/open";
import { ToAnswer } from "../form/ToAnswer";
import type { Pretest } from "../pretest/Pretest";
import type { VisitView } from "../visit/VisitView";
import type { ContactSummary } from "../wire";
import { useAttention } from "./attention";
import { Composer } from "./Composer";
import type { Contact } from "./contact";
import { dangerOf } from "./danger";
import { Emergency } from "./Emergency";
import { bodies, grouped } from "./entries";
import { CallLink } from "./Frame";
import { Camera } from "./icons";
import { Log, Writing } from "./Log";
import { NotSeen, useFocusedHeading } from "./Page";
import { Status } from "./Status";
import "./talk.css";

/** The conversation, or the form that is being filled in. Danger comes before a form. */
export function Talk({ contact }: { contact: Contact }) {
  const filling = useSignal<OpenForm | null>(null);
  const Form = useForm(filling.value !== null);
  const summary = contact.summary.value;
  const danger = summary?.urgency === "immediate" && !contact.called.value;
  if (!filling.value || !Form || danger || summary?.status === "closed")
    return (
      <Conversation
        contact={contact}
        fill={(form) => {
          filling.value = form;
        }}
      />
    );
  const { assigned, saved } = filling.value;
  return (
    <Form
      connection={contact.connection}
      contactId={contact.id}
      assigned={assigned}
      saved={saved}
      close={() => {
        filling.value = null;
      }}
    />
  );
}

function Conversation({ contact, fill }: { contact: Contact; fill(form: OpenForm): void }) {
  const summary = contact.summary.value;
  const heading = useFocusedHeading(`talk ${contact.called.value}`);
  const inVisit = useSignal(false);
  const View = useVisitView();
  useAttention(contact.entries.value);
  const immediate = summary?.urgency === "immediate" && summary.status !== "closed";
  const callFirst = immediate && !contact.called.value;
  return (
    <main id="main" class="talk" data-screen="talk">
      {callFirst && <CallFirst contact={contact} />}
      {immediate && !callFirst && <CallBar />}
      {!callFirst && (
        <h1 class="ds-sr-only" tabIndex={-1} ref={heading}>
          {t("patient.talk_title")}
        </h1>
      )}
      {!callFirst && <Status contact={contact} />}
      <section class="conversation" aria-label={t("patient.log")}>
        {summary?.visit && !inVisit.value && (
          <button
            type="button"
            class="ds-button join"
            onClick={() => {
              inVisit.value = true;
            }}
          >
            <Camera />
            {t("patient.join_video")}
          </button>
        )}
        {summary && !immediate && !inVisit.value && summary.status !== "closed" && <TestBefore contact={contact} />}
        <ToAnswer contact={contact} open={fill} />
        <Attachments
          contactId={contact.id}
          entries={contact.entries.value}
          sendable={summary !== null && summary.status !== "closed"}
          under={() => ({})}
          hint={t("attachment.hint")}
        >
          <Log contact={contact} still={callFirst} />
          <Writing contact={contact} />
          <Unsent contact={contact} />
          {summary?.status !== "closed" && <Composer contact={contact} />}
        </Attachments>
      </section>
      {inVisit.value && View && (
        <View
          connection={contact.connection}
          contact_id={contact.id}
          visit={summary?.visit ?? null}
          role="patient"
          beside={{
            entries: contact.entries.value,
            under: () => ({}),
            mayTell: summary?.status !== "closed",
          }}
          onClose={() => {
            inVisit.value = false;
          }}
        />
      )}
    </main>
  );
}

/** Opened by who wants to know beforehand; its code comes with the opening. */
function TestBefore({ contact }: { contact: Contact }) {
  const view = useSignal<{ of: typeof Pretest } | null>(null);
  const open = useSignal(false);
  const toggled = (event: Event) => {
    open.value = (event.currentTarget as HTMLDetailsElement).open;
    if (open.value && !view.value) {
      void import("../pretest/Pretest").then((module) => {
        view.value = { of: module.Pretest };
      });
    }
  };
  const View = view.value?.of;
  return (
    <details class="test-before" onToggle={toggled}>
      <summary>{t("patient.test_before")}</summary>
      {View && open.value && <View connection={contact.connection} contact_id={contact.id} />}
    </details>
  );
}

/** The whole screen says call, until the patient has; then a bar stays. The conversation goes on beneath. */
function CallFirst({ contact }: { contact: Contact }) {
  const [opened] = bodies(contact.entries.value, "opened");
  const has = grouped(contact.understood.value?.chips ?? []).has.map((chip) => chip.concept);
  return (
    <Emergency danger={dangerOf([...(opened?.screen ?? []), ...has], opened?.subject === "child")}>
      <div class="emergency-stay">
        <h2>{t("patient.we_stay")}</h2>
        <p>{t(whoStays(contact.summary.value))}</p>
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          onClick={() => {
            contact.called.value = true;
          }}
        >
          {t("patient.to_chat")}
        </button>
      </div>
    </Emergency>
  );
}

/** Who is there: never a nurse where nobody is on duty. */
function whoStays(summary: ContactSummary | null) {
  if (summary?.status === "held") return "patient.nurse_is_here";
  return summary?.wait?.nobody ? "duty.nobody_stays" : "patient.nurse_alarmed";
}

function CallBar() {
  return (
    <p class="call-bar" role="alert">
      {t("patient.still_call")} <CallLink kind="emergency" class="call-bar-link" />
    </p>
  );
}

function Unsent({ contact }: { contact: Contact }) {
  const waits = contact.outbox.unsent.value.some((item) => item.refused === null);
  return waits ? (
    <div class="appear-late">
      <NotSeen text={t("patient.not_sent_yet")} />
    </div>
  ) : null;
}

/** The code of forms comes when the first is opened. */
function useForm(wanted: boolean): typeof FormScreen | null {
  const view = useSignal<{ of: typeof FormScreen } | null>(null);
  useEffect(() => {
    if (!wanted || view.peek()) return;
    void import("../form/FormScreen").then((module) => {
      view.value = { of: module.FormScreen };
    });
  }, [wanted, view]);
  return view.value?.of ?? null;
}

/** The visit's code comes after the conversation is on the screen, so that "join" answers at once. */
function useVisitView(): typeof VisitView | null {
  const view = useSignal<{ of: typeof VisitView } | null>(null);
  useEffect(() => {
    void import("../visit/VisitView").then((module) => {
      view.value = { of: module.VisitView };
    });
  }, [view]);
  return view.value?.of ?? null;
}
