/** Signing in: at a provider, and in a demo as one of its invented people, which it says. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { SignInWays } from "../signin/SignInWays";
import type { DemoPerson } from "../wire";
import { CallLink } from "./Frame";
import { NotSeen, Page, refusalWords } from "./Page";
import { demoPeople, signIn } from "./session";

const RETRY_MS = 3_000;

export function SignInPage({ onBack }: { onBack?: () => void }) {
  return (
    <Page
      name="signin"
      title={t("patient.signin_title")}
      lead={shell.demo ? t("patient.signin_lead") : undefined}
      onBack={onBack}
    >
      <SignInList />
      <NotSeen />
    </Page>
  );
}

/** The list of demo people; keeps asking while there is no line. */
export function SignInList() {
  const people = useSignal<DemoPerson[] | null>(null);
  const refused = useSignal<string | null>(null);
  useEffect(
    () =>
      keepAsking(async () => {
        people.value = await demoPeople();
      }, refused),
    [people, refused],
  );
  const choose = (person: string) =>
    signIn(person).catch((error: unknown) => {
      refused.value = error instanceof Refusal ? error.code : "internal";
    });
  if (!shell.demo) return <SignInWays people="patient" none={<NoSignIn />} />;
  return (
    <div class="people">
      <SignInWays people="patient" none={null} />
      {refused.value && (
        <p role="alert" class="refused">
          {refusalWords(refused.value)}
        </p>
      )}
      {people.value === null && !refused.value && <Fetching />}
      {people.value?.map((person) => (
        <button
          type="button"
          key={person.id}
          class="choice person"
          data-person={person.id}
          onClick={() => void choose(person.id)}
        >
          <span class="choice-title">{person.name}</span>
          <span class="choice-more">{t("patient.demo_person")}</span>
        </button>
      ))}
    </div>
  );
}

function NoSignIn() {
  return (
    <p class="refused">
      {t("patient.no_signin")} <CallLink kind="advice">{t("patient.call", { number: shell.numbers.advice })}</CallLink>
    </p>
  );
}

export function Fetching() {
  return (
    <p class="fetching" role="status">
      <span class="dots" aria-hidden="true" />
      {t("patient.fetching")}
    </p>
  );
}

/** Asks until it succeeds; returns what stops it. */
function keepAsking(ask: () => Promise<void>, refused: { value: string | null }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const attempt = () =>
    ask().then(
      () => {
        refused.value = null;
      },
      (error: unknown) => {
        refused.value = error instanceof Refusal ? error.code : "internal";
        timer = setTimeout(() => void attempt(), RETRY_MS);
      },
    );
  void attempt();
  return () => clearTimeout(timer);
}
