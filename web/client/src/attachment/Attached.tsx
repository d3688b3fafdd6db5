/** One file in the conversation: its thumbnail and caption, or in plain words why it is not shown. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import type { Attached as AttachedBody, AttachmentTold, EntryView } from "../wire";
import { useScope } from "./Attachments";
import { pathOf, takeBack } from "./tus";
import { ACCEPTED, uploadsOf } from "./uploads";
import { Viewer } from "./Viewer";
import { whyWords } from "./words";

/** The last that was told of a file. */
function toldOf(entries: readonly EntryView[], attachment: string): AttachmentTold | null {
  const told = entries.findLast(({ body }) => body.kind === "attachment_told" && body.attachment === attachment);
  return (told?.body as AttachmentTold | undefined) ?? null;
}

export function Attached({ body, mine }: { body: AttachedBody; mine: boolean }) {
  const { contactId, entries, sendable } = useScope();
  const told = toldOf(entries, body.attachment);
  const isOn = uploadsOf(contactId).isOn(body.attachment);
  return (
    <div class="attached" data-state={told?.state ?? "coming"}>
      {told?.state === "clean" ? (
        <Clean body={body} told={told} path={pathOf(contactId, body.attachment)} />
      ) : (
        <p class="attached-name">{body.name}</p>
      )}
      {body.caption && (
        <p class="attached-caption" dir="auto" lang={body.lang ?? undefined}>
          {body.caption}
        </p>
      )}
      {told?.state !== "clean" && <p class="attached-state">{stateWords(told, mine && !isOn)}</p>}
      {!told && mine && !isOn && sendable && <GoOn body={body} contactId={contactId} />}
    </div>
  );
}

function stateWords(told: AttachmentTold | null, stopped: boolean): string {
  if (!told) return t(stopped ? "attachment.unfinished" : "attachment.coming");
  if (told.state === "refused") return whyWords(told.why ?? "damaged");
  if (told.state === "clean") return "";
  return t(`attachment.${told.state}`);
}

function Clean({ body, told, path }: { body: AttachedBody; told: AttachmentTold; path: string }) {
  const shown = useSignal(false);
  const alt = body.caption || t("attachment.photo", { name: body.name });
  const small = <img src={`${path}/thumbnail`} alt={alt} loading="lazy" />;
  if (told.type === "application/pdf") {
    return (
      <a class="attached-open" href={path} download aria-label={t("attachment.download", { name: body.name })}>
        {small}
        <span>
          {body.name} · {t("attachment.pages", { n: told.pages })}
        </span>
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        class="attached-open"
        aria-label={`${t("attachment.open", { name: body.name })}. ${body.caption}`}
        onClick={() => {
          shown.value = true;
        }}
      >
        {small}
      </button>
      {shown.value && (
        <Viewer
          src={path}
          alt={alt}
          name={body.name}
          close={() => {
            shown.value = false;
          }}
        />
      )}
    </>
  );
}

/** After a reload: the same file again goes on where it stood. */
function GoOn({ body, contactId }: { body: AttachedBody; contactId: string }) {
  const other = useSignal(false);
  const again = (file: File | undefined) => {
    if (!file) return;
    other.value = file.size !== body.size;
    if (!other.value) void uploadsOf(contactId).resume(file, body.attachment);
  };
  return (
    <div class="attached-again">
      <label>
        {t("attachment.again")}
        <input type="file" accept={ACCEPTED} onChange={(event) => again(event.currentTarget.files?.[0])} />
      </label>
      {other.value && <p role="alert">{t("attachment.other_file")}</p>}
      <button type="button" class="text-button" onClick={() => void takeBack(pathOf(contactId, body.attachment))}>
        {t("attachment.take_back")}
      </button>
    </div>
  );
}
