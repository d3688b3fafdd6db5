/** The workplace on the screen: queue, conversation, facts; and the visit beside them while one is in it. */
import type { FunctionComponent } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { AdviseDialog } from "../advice/AdviseDialog";
import { EmergencyCallDialog } from "../advice/EmergencyCallDialog";
import { t } from "../base/words";
import { SendFormDialog } from "../form/SendFormDialog";
import { HandOverDialogs } from "../handover/Dialogs";
import { WhyDialog } from "../queue/WhyDialog";
import { MisreadDialog } from "../review/MisreadDialog";
import { ProveMore } from "../signin/SignInWays";
import { VisitView } from "../visit/VisitView";
import { AlarmBanner } from "./AlarmBanner";
import { AsideDialog } from "./AsideDialog";
import { CallDialog } from "./CallDialog";
import { CloseDialog } from "./CloseDialog";
import { Conversation } from "./Conversation";
import type { OpenContact } from "./contact";
import { Facts } from "./Facts";
import { FindDialog } from "./FindDialog";
import { GuestsDialog } from "./GuestsDialog";
import { HandBackDialog } from "./HandBackDialog";
import { KeysDialog } from "./KeysDialog";
import { KnowDialog } from "./KnowDialog";
import { actionOf } from "./keys";
import { Queue } from "./Queue";
import { SessionsDialog } from "./SessionsDialog";
import { ShareDialog } from "./ShareDialog";
import { TemplatesDialog } from "./TemplatesDialog";
import { TopBar } from "./TopBar";
import { TranscriptDialog } from "./TranscriptDialog";
import { UrgencyDialog } from "./UrgencyDialog";
import type { DialogName, Pane, Workplace } from "./workplace";

export interface ScreenProps {
  workplace: Workplace;
  signOut(): void;
}

export function Screen({ workplace, signOut }: ScreenProps) {
  useKeys(workplace);
  return (
    <div class="staff" data-size="sm" data-pane={workplace.pane.value} data-visit={workplace.visiting.value !== null}>
      <TopBar workplace={workplace} signOut={signOut} />
      <ProveMore />
      <AlarmBanner workplace={workplace} />
      <PaneTabs workplace={workplace} />
      <main class="staff-panes">
        <h1 class="staff-hidden">{t("staff.title")}</h1>
        <Visit workplace={workplace} />
        <Queue workplace={workplace} />
        <Conversation workplace={workplace} />
        <Facts workplace={workplace} />
      </main>
      <Dialogs workplace={workplace} />
    </div>
  );
}

/** Heard from the moment the workplace is seen: a key pressed before the first paint is not lost. */
function useKeys(workplace: Workplace): void {
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      workplace.act(action);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [workplace]);
}

const PANES: readonly Pane[] = ["queue", "conversation", "facts"];

/** On a narrow screen the panes lie behind each other. */
function PaneTabs({ workplace }: { workplace: Workplace }) {
  return (
    <nav class="staff-tabs" aria-label={t("staff.panes")}>
      {PANES.map((pane) => (
        <button
          key={pane}
          type="button"
          aria-current={workplace.pane.value === pane ? "page" : undefined}
          onClick={() => {
            workplace.pane.value = pane;
          }}
        >
          {t(`staff.pane_${pane}`)}
        </button>
      ))}
    </nav>
  );
}

function Visit({ workplace }: { workplace: Workplace }) {
  const contact = workplace.visiting.value;
  if (!contact) return null;
  return (
    <div class="staff-visit">
      <VisitView
        key={contact.id}
        connection={workplace.connection}
        contact_id={contact.id}
        visit={contact.visit}
        role="clinician"
        beside={{
          entries: contact.entries.value,
          under: () => ({ claim_no: contact.summary.value?.claim_no ?? 0 }),
          mayTell: contact.maySpeak,
        }}
        onClose={() => workplace.leaveVisit()}
        onInvite={() => workplace.fromVisit(contact, "guests")}
        onCall={() => workplace.fromVisit(contact, "call")}
      />
    </div>
  );
}

function Dialogs({ workplace }: { workplace: Workplace }) {
  const name = workplace.dialog.value;
  const contact = workplace.open.value;
  // The browser tells of a closed dialog a moment later: by then a key may have opened the next one, which stays.
  const close = () => {
    if (workplace.dialog.value === name) workplace.dialog.value = null;
  };
  if (name === "sessions") return <SessionsDialog close={close} />;
  if (name === "keys") return <KeysDialog close={close} />;
  if (name === "why")
    return <WhyDialog contact_id={workplace.cursor.value} rows={workplace.board.rows.value} close={close} />;
  if (name === "find") return <FindDialog workplace={workplace} close={close} />;
  if (!contact) return null;
  const props = { name, contact, workplace, close };
  return name === "hand_over" || name === "ask_case" ? <HandOverDialogs {...props} /> : <InContact {...props} />;
}

interface OfContactProps {
  contact: OpenContact;
  close(): void;
}

/** Dialogs that need nothing but the contact in front. */
const OF_CONTACT: Partial<Record<DialogName, FunctionComponent<OfContactProps>>> = {
  urgency: UrgencyDialog,
  hand_back: HandBackDialog,
  transcript: TranscriptDialog,
  guests: GuestsDialog,
  close: CloseDialog,
  templates: TemplatesDialog,
  misread: MisreadDialog,
  advise: AdviseDialog,
  emergency_call: EmergencyCallDialog,
  form: SendFormDialog,
};

interface InContactProps extends OfContactProps {
  name: DialogName | null;
  workplace: Workplace;
}

function InContact({ name, contact, workplace, close }: InContactProps) {
  const OfContact = name && OF_CONTACT[name];
  if (OfContact) return <OfContact contact={contact} close={close} />;
  if (name === "call") {
    const call = workplace.board.rows.value.get(contact.id)?.call ?? null;
    return <CallDialog contact={contact} call={call} close={close} />;
  }
  if (name === "know") {
    const units = workplace.actsFrom(contact);
    return <KnowDialog whom={{ contact_id: contact.id }} units={units} workplace={workplace} close={close} />;
  }
  if (name === "share") return <ShareDialog contact_id={contact.id} doors={workplace.doors} close={close} />;
  if (name === "aside")
    return <AsideDialog contact={contact} colleagues={() => workplace.colleagues(contact)} close={close} />;
  return null;
}
