/** Choosing files, saying what they show, and how far they have come. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../base/words";
import type { Scope } from "./Attachments";
import { ACCEPTED, type Item, type Uploads, uploadsOf } from "./uploads";
import { refusedWords } from "./words";

const CAPTION_LIMIT = 1_000;
const hasCamera = () => matchMedia("(pointer: coarse)").matches;

export function Tray({ scope }: { scope: Scope }) {
  const uploads = uploadsOf(scope.contactId);
  const items = uploads.items.value;
  const tray = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (items.length > 0) tray.current?.scrollIntoView({ block: "end" });
  }, [items.length]);
  const chosen = items.filter((item) => item.state === "chosen").length;
  return (
    <div class="attachment-tray" ref={tray}>
      {items.length > 0 && (
        <ul aria-label={t("attachment.chosen")}>
          {items.map((item) => (
            <Row key={item.client_id} item={item} uploads={uploads} scope={scope} />
          ))}
        </ul>
      )}
      {chosen > 0 && scope.hint && <p class="attachment-hint">{scope.hint}</p>}
      <div class="attachment-buttons">
        <Choose uploads={uploads} words={t("attachment.add")} />
        {hasCamera() && <Choose uploads={uploads} words={t("attachment.camera")} camera />}
        {chosen > 0 && (
          <button type="button" class="ds-button" onClick={() => void uploads.send(scope.under)}>
            {t("attachment.send", { n: chosen })}
          </button>
        )}
      </div>
    </div>
  );
}

function Choose({ uploads, words, camera = false }: { uploads: Uploads; words: string; camera?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="text-button" onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        accept={camera ? "image/jpeg" : ACCEPTED}
        capture={camera ? "environment" : undefined}
        data-attach={camera ? "camera" : "file"}
        onChange={(event) => {
          uploads.choose(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

function Row({ item, uploads, scope }: { item: Item; uploads: Uploads; scope: Scope }) {
  const { name } = item.file;
  return (
    <li data-state={item.state}>
      {item.preview && <img class="attachment-preview" src={item.preview} alt="" />}
      <div class="attachment-says">
        {item.state === "chosen" ? <Caption item={item} uploads={uploads} /> : <Progress item={item} />}
      </div>
      {item.state === "refused" && item.attachment === null && item.file.size > 0 && item.why !== "too_large" && (
        <button type="button" class="text-button" onClick={() => void uploads.retry(item.client_id, scope.under)}>
          {t("attachment.try_again")}
        </button>
      )}
      <button type="button" class="text-button" onClick={() => uploads.remove(item.client_id)}>
        {t(item.state === "sending" || item.state === "line_gone" ? "attachment.cancel" : "attachment.remove", {
          name,
        })}
      </button>
    </li>
  );
}

function Caption({ item, uploads }: { item: Item; uploads: Uploads }) {
  return (
    <label>
      {t("attachment.caption", { name: item.file.name })}
      <input
        type="text"
        class="ds-input"
        maxLength={CAPTION_LIMIT}
        value={item.caption}
        onInput={(event) => uploads.say(item.client_id, event.currentTarget.value)}
      />
    </label>
  );
}

function Progress({ item }: { item: Item }) {
  const { name, size } = item.file;
  if (item.state === "refused")
    return <p role="alert">{t("attachment.not_sent", { name, why: refusedWords(item.why ?? "other") })}</p>;
  if (item.state === "line_gone") return <p role="status">{t("attachment.line_gone", { name })}</p>;
  const percent = Math.floor((100 * item.sent) / size);
  const words = t("attachment.sending", { name, percent });
  return (
    <>
      <p>{words}</p>
      <progress max={size} value={item.sent} aria-label={words} />
    </>
  );
}
