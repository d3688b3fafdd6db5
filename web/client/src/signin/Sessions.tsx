/** Where one is signed in, in coarse words, and how to end it there. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { del, get } from "../base/api";
import { locale, t } from "../base/words";
import type { OwnSession } from "../wire";
import "./words";
import "./signin.css";

export function Sessions() {
  const own = useSignal<readonly OwnSession[]>([]);
  const failed = useSignal(false);
  const look = async (act?: Promise<unknown>) => {
    try {
      await act;
      own.value = await get("/api/sessions");
      failed.value = false;
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => void look(), []);
  const others = own.value.filter((one) => !one.this);
  return (
    <section class="signin-sessions" aria-label={t("signin.sessions")}>
      <p>{others.length > 0 ? t("signin.sessions_lead") : t("signin.session_only")}</p>
      <p role="status">{failed.value && t("signin.sessions_failed")}</p>
      <ul>
        {own.value.map((one) => (
          <li key={one.session_id} data-session={one.session_id}>
            <span>
              <strong>{one.this ? t("signin.session_this") : deviceWords(one.device)}</strong>{" "}
              {t("signin.session_since", { when: whenWords(one.since) })}
            </span>
            {!one.this && (
              <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                onClick={() => void look(del("/api/sessions/{session_id}", { session_id: one.session_id }))}
              >
                {t("signin.session_end")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <button type="button" class="ds-button" data-size="sm" onClick={() => void look(del("/api/sessions"))}>
          {t("signin.session_end_others")}
        </button>
      )}
    </section>
  );
}

const NAMES: Record<string, string> = {
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  opera: "Opera",
  safari: "Safari",
  android: "Android",
  chromebook: "ChromeOS",
  ipad: "iPad",
  iphone: "iPhone",
  linux: "Linux",
  mac: "Mac",
  windows: "Windows",
};

function deviceWords(device: string): string {
  const [browser, system] = device.split("/").map((part) => NAMES[part]);
  if (!browser && !system) return t("signin.device_unknown");
  return browser && system ? t("signin.device", { browser, system }) : (browser ?? system ?? "");
}

const whenWords = (at: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
