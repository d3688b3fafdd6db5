/** The ways to sign in here, as links: the browser leaves for the provider and comes back. */
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../base/api";
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import type { LoginProvider } from "../wire";
import { addressOf, more, trouble } from "./ways";
import "./words";
import "./signin.css";

type People = LoginProvider["people"];

export function SignInWays({ people, none }: { people: People; none: VNode | null }) {
  const ways = useSignal<readonly LoginProvider[] | null>(null);
  useEffect(() => {
    get("/api/login").then(
      (all) => {
        ways.value = all.filter((one) => one.people === people);
      },
      () => {
        ways.value = null;
      },
    );
  }, [people, ways]);
  if (ways.value === null) return null;
  if (ways.value.length === 0) return shell.demo ? null : none;
  return (
    <ul class="signin-ways">
      {ways.value.map((one) => (
        <li key={one.id}>
          <a class="ds-button" data-fullwidth="" href={`/login/${one.id}`}>
            {t("signin.with", { name: one.name[lang.value] ?? one.id })}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Why the sign-in one comes from came to nothing, and whom to call. */
export function SignInTrouble({ people }: { people: People }) {
  const why = trouble.value;
  if (!why) return null;
  const { advice } = shell.numbers;
  return (
    <p role="alert" class="signin-trouble">
      {t(`signin.trouble_${why}`)}
      {why === "unknown" && people === "staff" && <> {t("signin.trouble_unknown_staff")}</>}
      {why === "unknown" && people === "patient" && (
        <>
          {" "}
          <a href={`tel:${advice}`}>{t("signin.trouble_unknown_patient", { number: advice })}</a>
        </>
      )}
    </p>
  );
}

/** More must be proved to go on: where to, in one press. */
export function ProveMore() {
  const needed = more.value;
  if (!needed) return null;
  return (
    <div role="alert" class="signin-trouble">
      {needed.provider ? t("signin.more_needed") : t("signin.more_nowhere")}{" "}
      {needed.provider && (
        <a class="ds-button" data-size="sm" href={addressOf(needed)}>
          {t("signin.more_go")}
        </a>
      )}
    </div>
  );
}
