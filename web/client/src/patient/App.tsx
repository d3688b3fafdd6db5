/** Which screen is shown: a contact that is open comes first, then an emergency, then the opening screens. */
import type { JSX } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import type { Services } from "../agreement/Services";
import { t } from "../base/words";
import type { Booking } from "../booking/Booking";
import type { Home } from "../followup/Home";
import { LetterWords } from "../letter/LetterWords";
import { Ask } from "./Ask";
import type { Contact } from "./contact";
import { alarm, letter, subject } from "./draft";
import { EmergencyStart } from "./EmergencyStart";
import { Ended } from "./Ended";
import { Frame } from "./Frame";
import type { Step } from "./intake";
import { LineState } from "./LineState";
import { OwnWords } from "./OwnWords";
import { over } from "./over";
import { MainButton, Page } from "./Page";
import { Person } from "./Person";
import { Reach } from "./Reach";
import { Reading, ReadingNow } from "./Reading";
import { Screening } from "./Screening";
import type { Sight } from "./Sight";
import { Fetching, SignInPage } from "./SignIn";
import { Start } from "./Start";
import { contact, line, me, resuming, startOver } from "./session";
import { back, screen } from "./steps";
import { Talk } from "./Talk";

export function App() {
  const come = over.value === "signin" && Boolean(me.value);
  useEffect(() => {
    if (come) back();
  }, [come]);
  return (
    <Frame>
      <LineState />
      <Now />
    </Frame>
  );
}

/** A fault of ours never takes the numbers to call off the screen, nor what lies committed. */
function Now() {
  const [fault] = useErrorBoundary();
  return fault ? <FaultPage /> : <Shown />;
}

function Shown() {
  const onTop = laid();
  return onTop ?? <Beneath />;
}

/** What lies over everything else, where it may be shown to who is here. */
function laid(): JSX.Element | null {
  if (over.value === "signin" && me.value === null) return <SignInPage onBack={back} />;
  if (!me.value || line().refused.value) return null;
  if (over.value === "sight") return <SightPage />;
  if (over.value === "followup") return <HomePage />;
  if (over.value === "services") return <ServicesPage />;
  return over.value === "booking" ? <BookingPage /> : null;
}

function Beneath() {
  if (contact.value) return <InContact contact={contact.value} key={contact.value.id} />;
  if (alarm.value) return <EmergencyStart />;
  if (resuming.value) return <FetchingPage />;
  if (screen.value === "start" || subject.value === null) return <Start />;
  if (screen.value === "screening") return <Screening />;
  if (!me.value || line().refused.value) return <SignInPage onBack={back} />;
  if (screen.value === "person") return <Person />;
  return letter.value ? <LetterWords /> : <OwnWords />;
}

const STEPS: Record<Step, (props: { contact: Contact }) => JSX.Element | null> = {
  fetching: FetchingPage,
  reading: ReadingNow,
  chips: Reading,
  ask: Ask,
  reach: Reach,
  talk: Talk,
};

function InContact(props: { contact: Contact }) {
  if (line().refused.value) return <SignInPage />;
  const ended = props.contact.ended.value;
  if (ended) return <Ended unsent={ended.unsent} />;
  if (props.contact.lost.value) return <LostPage />;
  const Step = STEPS[props.contact.step.value];
  return <Step {...props} />;
}

const SightPage = fetched(() => import("./Sight").then((module): typeof Sight => module.Sight));
const HomePage = fetched(() => import("../followup/Home").then((module): typeof Home => module.Home));
const BookingPage = fetched(() => import("../booking/Booking").then((module): typeof Booking => module.Booking));
const ServicesPage = fetched(() => import("../agreement/Services").then((module): typeof Services => module.Services));

/** A page that is fetched when it is asked for: nothing of it weighs on the first screen. */
function fetched(load: () => Promise<() => JSX.Element>): () => JSX.Element {
  return function Loaded() {
    const [page, setPage] = useState<{ of: () => JSX.Element } | "failed" | null>(null);
    useEffect(() => {
      void load().then(
        (of) => setPage({ of }),
        () => setPage("failed"),
      );
    }, []);
    if (page === "failed") return <FaultPage />;
    return page ? <page.of /> : <FetchingPage />;
  };
}

function FetchingPage() {
  return (
    <Page name="fetching" title={t("patient.fetching_title")}>
      <Fetching />
    </Page>
  );
}

function LostPage() {
  const again = <MainButton onClick={startOver}>{t("patient.start_over")}</MainButton>;
  return <Page name="lost" title={t("patient.lost_title")} lead={t("patient.lost_text")} action={again} />;
}

function FaultPage() {
  const again = <MainButton onClick={() => location.reload()}>{t("patient.try_again")}</MainButton>;
  return <Page name="fault" title={t("patient.fault_title")} lead={t("patient.fault_text")} action={again} />;
}
