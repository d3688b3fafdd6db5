/** What one, and whom one stands for, was invited to and has agreed on: asked for, and answered. */
import { signal } from "@preact/signals";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { hasWords, t } from "../base/words";
import { askOffered } from "../patient/offered";
import { refusalWords } from "../patient/Page";
import { line, me } from "../patient/session";
import type { AnswerInvitation, OwnAgreement } from "../wire";

export type Service = OwnAgreement["services"][number];
export type FunctionName = Service["function"];

/** One agreement, and whose: empty for oneself. */
export interface Owned {
  for_person: string;
  name: string;
  agreement: OwnAgreement;
}

export const owned = signal<readonly Owned[] | null>(null);
export const failed = signal(false);
/** What has just been done, for who listens and who looks. */
export const told = signal("");

export async function look(): Promise<void> {
  const whom = [{ person_id: "", name: "" }, ...(me.value?.represents ?? [])];
  try {
    const found = await Promise.all(whom.map(of));
    owned.value = found.flat();
    failed.value = false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    failed.value = true;
  }
}

async function of({ person_id, name }: { person_id: string; name: string }): Promise<readonly Owned[]> {
  const { agreements } = await line().call("agreement:mine", { for_person: person_id });
  return agreements.map((agreement) => ({ for_person: person_id, name, agreement }));
}

type Said = Required<Pick<AnswerInvitation, "accepted" | "declined" | "code">>;

/** Why it was refused, in words, or null. */
export function answer({ for_person, agreement }: Owned, said: Said): Promise<string | null> {
  const request = { client_id: newId(), agreement_id: agreement.agreement_id, for_person, ...said };
  return changed(line().insist("agreement:answer", request), t("agreement.answered"));
}

export function end({ for_person, agreement }: Owned, service: FunctionName): Promise<string | null> {
  const request = { client_id: newId(), agreement_id: agreement.agreement_id, for_person, functions: [service] };
  return changed(line().insist("agreement:end", request), t("agreement.stopped"));
}

/** What one may use has changed with it: the first screen asks anew. */
async function changed(asked: Promise<unknown>, done: string): Promise<string | null> {
  told.value = "";
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const key = `agreement.error_${error.code}`;
    return hasWords(key) ? t(key) : refusalWords(error.code);
  }
  await Promise.all([look(), askOffered()]);
  told.value = done;
  return null;
}
