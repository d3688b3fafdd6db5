/** Who is signed in decides what is seen: the sign-in, or the workplace. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { del, get } from "../base/api";
import { type Connection, connect } from "../base/connection";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import type { DeskProps } from "../desk/DeskFrame";
import { type Desk, desk, desksOf, wanted } from "../desk/desks";
import type { Me } from "../wire";
import { refusalWords } from "./refusal_words";
import { Screen } from "./Screen";
import { SignIn } from "./SignIn";
import { Workplace } from "./workplace";

interface Inside {
  is: "in";
  me: Me;
  connection: Connection;
  /** None for who cares for nobody: no board is followed in their name. */
  workplace: Workplace | null;
}
type State = { is: "asking" } | { is: "out"; why?: string } | Inside;

export function App() {
  const [state, setState] = useState<State>({ is: "asking" });
  const enter = (me: Me) => setState(me.kind === "staff" ? signedIn(me) : { is: "out" });
  useEffect(() => {
    void whoAmI().then((found) => (typeof found === "string" ? setState({ is: "out", why: found }) : enter(found)));
  }, []);
  useEffect(() => {
    document.title = t("staff.title");
  });
  if (state.is === "asking") return <p class="staff-asking">{t("staff.loading")}</p>;
  if (state.is === "out") return <SignIn trouble={state.why} enter={enter} />;
  return <Inside inside={state} />;
}

const PAGES: Record<Exclude<Desk, "care">, () => Promise<FunctionComponent<DeskProps>>> = {
  home: () => import("../followup/HomeDesk").then((module) => module.HomeDesk),
  lead: () => import("../lead/LeadDesk").then((module) => module.LeadDesk),
  times: () => import("../times/TimesDesk").then((module) => module.TimesDesk),
  review: () => import("../review/ReviewDesk").then((module) => module.ReviewDesk),
  sharing: () => import("../sharing/SharingDesk").then((module) => module.SharingDesk),
  audit: () => import("../audit/AuditDesk").then((module) => module.AuditDesk),
  register: () => import("../register/RegisterDesk").then((module) => module.RegisterDesk),
  directory: () => import("../administration/DirectoryDesk").then((module) => module.DirectoryDesk),
  content: () => import("../content/ContentDesk").then((module) => module.ContentDesk),
};

/** The desk one sits at; only that of care is part of this page from the start. */
function Inside({ inside: { me, connection, workplace } }: { inside: Inside }) {
  const [loaded, setLoaded] = useState<{ at: Desk; Page: FunctionComponent<DeskProps> } | null>(null);
  const at = desk.value;
  useEffect(() => {
    if (at !== "care") void PAGES[at]().then((Page) => setLoaded({ at, Page }));
  }, [at]);
  useEffect(() => {
    if (at === "care" && wanted.value) workplace?.openContact(wanted.value);
    wanted.value = null;
  }, [at, workplace]);
  const leave = () => void signOut();
  if (at !== "care") {
    if (loaded?.at !== at) return <p class="staff-asking">{t("staff.loading")}</p>;
    return <loaded.Page me={me} connection={connection} signOut={leave} />;
  }
  return workplace && <Screen workplace={workplace} signOut={leave} />;
}

function signedIn(me: Me): State {
  const connection = connect();
  connection.onUp(() => void sameAs(me));
  const desks = desksOf(me);
  desk.value = desks[0] ?? "care";
  return { is: "in", me, connection, workplace: desks.includes("care") ? new Workplace(connection, me) : null };
}

/** Another tab may have signed someone else in meanwhile: nobody works on under another's name. */
async function sameAs(me: Me): Promise<void> {
  const now = await get("/api/session").catch(() => null);
  if (now && now.id !== me.id) location.reload();
}

/** The person signed in, or a sentence when it cannot be known; empty when simply nobody is. */
async function whoAmI(): Promise<Me | string> {
  try {
    return await get("/api/session");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "not_signed_in" ? "" : refusalWords(error.code);
  }
}

/** The page is loaded anew, so that nothing of a patient stays in its memory. */
async function signOut(): Promise<void> {
  sessionStorage.clear();
  const url = await del("/api/session").then(
    (told) => told.url,
    () => "",
  );
  if (url) location.replace(url);
  else location.reload();
}
