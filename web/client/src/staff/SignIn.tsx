/** Signing in at a provider; in a demo also as one of a list of invented staff, visibly so. */
import { useEffect, useState } from "preact/hooks";
import { get, post } from "../base/api";
import { Refusal } from "../base/refusal";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { SignInTrouble, SignInWays } from "../signin/SignInWays";
import type { DemoPerson, Me } from "../wire";
import { LanguageChoice } from "./LanguageChoice";
import { Lighthouse } from "./Lighthouse";
import { refusalWords } from "./refusal_words";
import { roleWords } from "./roles";

export interface SignInProps {
  trouble?: string;
  enter(me: Me): void;
}

export function SignIn({ trouble, enter }: SignInProps) {
  const [people, setPeople] = useState<DemoPerson[]>([]);
  const [problem, setProblem] = useState(trouble ?? "");
  const guarded = <T,>(asked: Promise<T>, then: (answer: T) => void) => {
    asked.then(then).catch((error: unknown) => setProblem(wordsOf(error)));
  };
  useEffect(() => {
    if (shell.demo) guarded(get("/api/demo/people"), (all) => setPeople(all.filter((one) => one.kind === "staff")));
  }, []);
  const choose = (person: string) => guarded(post("/api/session", { person }), enter);
  return (
    <main class="staff-signin">
      <div class="staff-signin-card">
        <header>
          <Lighthouse />
          <LanguageChoice />
        </header>
        <h1 class="ds-heading" data-size="md">
          {t("staff.signin_title")}
        </h1>
        <SignInTrouble people="staff" />
        <SignInWays people="staff" none={<p>{t("staff.signin_none")}</p>} />
        {shell.demo && <p>{t("staff.signin_demo")}</p>}
        {problem && (
          <p role="alert" class="staff-problem">
            {problem}
          </p>
        )}
        <ul class="staff-people">
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" class="staff-person" onClick={() => choose(person.id)}>
                <strong>{person.name}</strong>
                <span>{[roleWords(person.role), person.unit].filter(Boolean).join(" · ")}</span>
              </button>
            </li>
          ))}
        </ul>
        <p class="staff-small">{t("staff.not_a_device")}</p>
      </div>
    </main>
  );
}

function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return refusalWords(error.code);
  throw error;
}
