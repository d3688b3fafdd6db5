/** Who is signed in decides what is seen: the sign-in, or the workplace. */
import { useEffect, useState } from "preact/hooks";
import { del, get } from "../base/api";
import { connect } from "../base/connection";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import type { Me } from "../wire";
import { refusalWords } from "./refusal_words";
import { Screen } from "./Screen";
import { SignIn } from "./SignIn";
import { Workplace } from "./workplace";

type State = { is: "asking" } | { is: "out"; why?: string } | { is: "in"; workplace: Workplace };

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
  return <Screen workplace={state.workplace} signOut={() => void signOut()} />;
}

function signedIn(me: Me): State {
  const connection = connect();
  connection.onUp(() => void sameAs(me));
  return { is: "in", workplace: new Workplace(connection, me) };
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
