/**
 * One open contact: its entries in order without gaps, its state, and everything a nurse may do in it.
 * A command is sent with one `client_id` until the server has answered; a text stays here until it is committed.
 */
import { computed, signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { Followed, type News } from "../base/followed";
import { newId } from "../base/id";
import { Presence } from "../base/presence";
import { markReading } from "../base/read_marks";
import type { Level } from "../base/urgency";
import type { NoteInHand } from "../note/note";
import type { Marking } from "../review/MisreadDialog";
import type {
  BehindDoor,
  CloseContact,
  EarlierContacts,
  EntryView,
  FormRow,
  GuestSecrets,
  InviteGuest,
  MarkReading,
  NoteDraft,
  NoteSentence,
  ShownReach,
  Template,
  TryCall,
  VisitSummary,
} from "../wire";
import { look, lookedTo } from "./looked";
import { newerThan } from "./seen";
import { Templates } from "./templates";

/** A text that is not committed yet. */
export interface Unsent {
  client_id: string;
  text: string;
  /** The language of the template it began with; null when nobody has said which it is. */
  lang: Template["lang"] | null;
  /** The own message it corrects. */
  of_no: number | null;
}

/** Where one stands: who one is, and how one comes to a contact. */
export interface Desk {
  readonly staffId: string;
  /** The door one sees it through; null when it is one's own unit's, or not known. */
  doorTo(contact_id: string): BehindDoor | null;
  /** True for a unit one has a role at. */
  isOwnUnit(unit: string): boolean;
  /** Access to it has ended. */
  lost(contact_id: string): void;
}

export class OpenContact {
  private readonly followed = new Followed((after) => this.ask(after));
  readonly entries = this.followed.entries;
  readonly summary = this.followed.summary;
  readonly unsent = signal<readonly Unsent[]>([]);
  readonly draft = signal("");
  /** The language of what was put into the draft by a template. */
  readonly draftLang = signal<Template["lang"] | null>(null);
  /** The own message that the draft corrects; null while one writes something new. */
  readonly amending = signal<EntryView | null>(null);
  /** The send-guard has held something back: what is newer is shown, and one more key sends once it has been seen. */
  readonly behind = signal(false);
  /** The newest entry that has been on the screen long enough to be read. */
  private readonly seenNo = signal(0);
  /** What others have said since. */
  readonly newer = computed(() => newerThan(this.entries.value, this.seenNo.value));
  /** Code of the last refusal, shown until the next try. */
  readonly trouble = signal<string | null>(null);
  /** The newest entry when the contact was opened this time: what came later is marked. */
  readonly openedAt = signal(0);
  /** How far one had looked before: what changed since then is told apart. */
  readonly lookedBefore: number;
  /** Texts go one after the other, and what rests on them after them: nothing is to be held back by one's own. */
  private sending: Promise<void> = Promise.resolve();
  readonly presence: Presence;
  readonly templates: Templates;
  /** The colleague's question that is being answered; null while one writes something new. */
  readonly answering = signal<number | null>(null);
  /** The words that are being marked as read wrongly. */
  readonly marking = signal<Marking | null>(null);
  /** The note that is being drafted; null while none is. */
  readonly noteDraft = signal<NoteInHand | null>(null);
  /** A draft was asked for and has not come. */
  readonly drafting = signal(false);
  private readonly undo: (() => void)[];

  constructor(
    readonly connection: Connection,
    readonly id: string,
    private readonly desk: Desk,
  ) {
    this.lookedBefore = lookedTo(this.me, id);
    this.presence = new Presence(connection, id);
    this.templates = new Templates(connection, id);
    this.undo = [
      () => this.presence.stop(),
      markReading({ connection, contact_id: id, side: "staff", entries: this.entries }),
      connection.onUp(() => void this.followed.follow()),
      connection.on("entry", (added) => {
        if (added.contact_id === this.id) this.followed.heard(added);
      }),
      connection.on("contact_anew", ({ contact_id }) => {
        if (contact_id === this.id) void this.followed.anew();
      }),
      connection.on("heads", ({ contacts }) => this.followed.told(contacts[this.id])),
    ];
  }

  get me(): string {
    return this.desk.staffId;
  }

  /** The door it is seen through; null in one's own unit, and while nobody has said on what ground one sees it. */
  get door(): BehindDoor | null {
    return this.desk.doorTo(this.id);
  }

  /** True for a contact of a unit one has no role at. */
  get isOutside(): boolean {
    return this.door !== null || !this.desk.isOwnUnit(this.summary.value?.unit ?? "");
  }

  /** False where one may read and no more. */
  get mayWrite(): boolean {
    return !this.isOutside || this.door?.basis === "shared" || this.door?.basis === "emergency";
  }

  get isMine(): boolean {
    const summary = this.summary.value;
    return summary?.status === "held" && summary.holder_id === this.me;
  }

  /** It waits at one's own unit. */
  get mayClaim(): boolean {
    return !this.isOutside && this.summary.value?.status === "waiting";
  }

  /** One holds it, or stands beside who does while it is handed over. */
  get maySpeak(): boolean {
    return this.isMine || (this.summary.value?.status === "held" && this.summary.value.beside === this.me);
  }

  get visit(): VisitSummary | null {
    return this.summary.value?.visit ?? null;
  }

  get head(): number {
    return this.followed.head;
  }

  close(): void {
    for (const undo of this.undo) undo();
    if (this.connection.line.value === "down") return; // a new line follows nothing by itself
    void this.connection.call("contact:leave", { contact_id: this.id }).catch(keepRefusal);
  }

  /** Access has ended: nothing of it stays in memory. True when something was being written. */
  forget(): boolean {
    const wrote = this.draft.value.trim() !== "" || this.unsent.value.length > 0 || this.noteDraft.value !== null;
    this.close();
    this.followed.forget();
    this.draft.value = "";
    this.unsent.value = [];
    this.amending.value = null;
    this.noteDraft.value = null;
    return wrote;
  }

  /** Everything up to `no` has been on the screen. */
  saw(no: number): void {
    this.seenNo.value = Math.max(no, this.seenNo.value);
    look(this.me, this.id, no);
  }

  /** Sends the draft, one after the other. Held back by what has not been seen, it stays in the composer. */
  async post(): Promise<void> {
    const text = this.draft.value.trim();
    if (!text) return;
    if (this.newer.value.length > 0) {
      this.behind.value = true;
      return;
    }
    const waiting = { client_id: newId(), text, lang: this.draftLang.value, of_no: this.amending.value?.no ?? null };
    const amended = this.amending.value;
    this.draft.value = "";
    this.draftLang.value = null;
    this.amending.value = null;
    this.presence.written();
    this.behind.value = false;
    this.unsent.value = [...this.unsent.value, waiting];
    this.sending = this.sending.then(() => this.send(waiting, amended));
    await this.sending;
  }

  private async send(waiting: Unsent, amended: EntryView | null): Promise<void> {
    const { client_id, text, lang, of_no } = waiting;
    const said = { contact_id: this.id, ...this.seen, client_id, text, lang };
    const refusal =
      of_no === null
        ? await this.command("message:post", { ...said, ...this.under() })
        : await this.command("message:amend", { ...said, of_no });
    if (!refusal) await this.followed.follow();
    this.unsent.value = this.unsent.value.filter((one) => one !== waiting);
    if (refusal) this.putBack(waiting, amended, refusal);
  }

  claim(): Promise<Refusal | null> {
    return this.command("queue:claim", { contact_id: this.id, client_id: newId() });
  }

  handBack(reason: string): Promise<Refusal | null> {
    return this.command("queue:hand_back", { ...this.under(), client_id: newId(), reason });
  }

  async setUrgency(urgency: Level, reason: string): Promise<Refusal | null> {
    const set = { client_id: newId(), urgency, reason };
    return this.command("urgency:set", { ...(await this.having()), ...this.under(), ...set });
  }

  async end(
    reason: CloseContact["reason"],
    safety_net: string,
    understood: CloseContact["understood"],
  ): Promise<Refusal | null> {
    const ending = { client_id: newId(), reason, safety_net, understood };
    return this.command("contact:close", { ...(await this.having()), ...this.under(), ...ending });
  }

  /** Tells the patient what to do if it gets worse, to be confirmed; with a reason, confirming it ends the contact. */
  async advise(text: string, closes: CloseContact["reason"] | null): Promise<Refusal | null> {
    const net = { client_id: newId(), text, lang: this.spoken, closes };
    return this.command("safety_net:give", { ...(await this.having()), ...this.under(), ...net });
  }

  /** The forms there are to send. */
  listForms(): Promise<readonly FormRow[] | Refusal> {
    return this.connection
      .insist("form:list", {})
      .then(({ forms }) => forms)
      .catch(keepRefusal);
  }

  sendForm(form_id: string, client_id: string): Promise<Refusal | null> {
    return this.command("form:assign", { ...this.under(), client_id, form_id });
  }

  /** Sends a text as it stands, whatever is being written. */
  async say(text: string, lang: Template["lang"]): Promise<Refusal | null> {
    const said = { contact_id: this.id, ...(await this.having()), client_id: newId(), text, lang };
    return this.command("message:post", { ...said, ...this.under() });
  }

  /** A note in four parts begun from what lies here. */
  draftNote(lang: Template["lang"]): Promise<NoteDraft | Refusal> {
    return this.connection.call("note:draft", { contact_id: this.id, lang }).catch(keepRefusal);
  }

  noteInParts(sentences: readonly NoteSentence[], lang: Template["lang"], once: string): Promise<Refusal | null> {
    return this.command("note:add", { contact_id: this.id, client_id: once, sentences: [...sentences], lang });
  }

  /** The other contacts of whom it is about; asking is recorded. */
  earlier(): Promise<EarlierContacts | Refusal> {
    return this.connection.call("contact:earlier", { contact_id: this.id }).catch(keepRefusal);
  }

  /** The language of the conversation, where it is one of ours. */
  private get spoken(): Template["lang"] | null {
    const spoken = this.summary.value?.lang;
    return spoken === "sv" || spoken === "nb" || spoken === "en" ? spoken : null;
  }

  markReading(mark: Omit<MarkReading, "contact_id" | "client_id">): Promise<Refusal | null> {
    return this.command("reading:mark", { ...mark, contact_id: this.id, client_id: newId() });
  }

  note(text: string): Promise<Refusal | null> {
    return this.command("note:add", { contact_id: this.id, client_id: newId(), text });
  }

  askColleague(text: string, to: { to_staff: string } | { to_role: string }): Promise<Refusal | null> {
    return this.command("colleague:ask", { contact_id: this.id, client_id: newId(), text, ...to });
  }

  answerColleague(question_no: number, text: string): Promise<Refusal | null> {
    return this.command("colleague:answer", { contact_id: this.id, client_id: newId(), question_no, text });
  }

  /** The number the patient gave last. */
  get phone(): string | null {
    const reach = this.entries.value.findLast(({ body }) => body.kind === "reach")?.body;
    return reach?.kind === "reach" ? reach.phone : null;
  }

  /** True when the number is not shown: whom it concerns is protected. */
  get phoneWithheld(): boolean {
    const reach = this.entries.value.findLast(({ body }) => body.kind === "reach")?.body;
    return reach?.kind === "reach" && reach.withheld;
  }

  /** What is withheld of a protected person; asking is recorded. */
  showReach(): Promise<ShownReach | Refusal> {
    return this.connection.call("reach:show", { contact_id: this.id }).catch(keepRefusal);
  }

  tryCall(outcome: TryCall["outcome"], note: string): Promise<Refusal | null> {
    return this.command("call:try", { contact_id: this.id, client_id: newId(), outcome, note });
  }

  endCall(reason: string): Promise<Refusal | null> {
    return this.command("call:end", { contact_id: this.id, client_id: newId(), reason });
  }

  /** Goes on with a letter as a chat; the patient is told at once. */
  turnLetter() {
    return this.command("letter:turn", { ...this.under(), client_id: newId() });
  }

  startVisit(): Promise<Refusal | null> {
    return this.command("visit:start", { ...this.under(), client_id: newId() });
  }

  async admit(participant: string): Promise<void> {
    const visit_id = this.visit?.visit_id ?? "";
    const request = { contact_id: this.id, visit_id, participant };
    this.trouble.value =
      (await this.connection.call("visit:admit", request).then(none).catch(keepRefusal))?.code ?? null;
  }

  /** Invites someone to the visit that goes on; what opens it is told this once. Never sent again by itself. */
  async inviteGuest(
    asked: Omit<InviteGuest, "contact_id" | "client_id" | "visit_id">,
  ): Promise<GuestSecrets | Refusal> {
    const request = { ...asked, contact_id: this.id, client_id: newId(), visit_id: this.visit?.visit_id ?? "" };
    return this.connection.call("guest:invite", request).catch(keepRefusal);
  }

  withdrawGuest(guest_id: string): Promise<Refusal | null> {
    const request = { contact_id: this.id, client_id: newId(), visit_id: this.visit?.visit_id ?? "", guest_id };
    return this.connection.insist("guest:withdraw", request).then(none).catch(keepRefusal);
  }

  /** The refusal, or null when it is done. */
  private async command(...[name, request]: Parameters<Connection["insist"]>): Promise<Refusal | null> {
    const refusal = await this.connection.insist(name, request).then(none).catch(keepRefusal);
    if (refusal?.code === "behind") await this.followed.follow();
    this.trouble.value = refusal && refusal.code !== "behind" ? refusal.code : null;
    return refusal;
  }

  private under(): { contact_id: string; claim_no: number } {
    return { contact_id: this.id, claim_no: this.summary.value?.claim_no ?? 0 };
  }

  /** What has been seen, once one's own texts are committed: what follows them neither overtakes nor misses them. */
  async having(): Promise<{ seen_no: number }> {
    await this.sending;
    return this.seen;
  }

  /** Everything, unless others have said something since. */
  private get seen(): { seen_no: number } {
    return { seen_no: this.newer.value.length > 0 ? this.seenNo.value : this.head };
  }

  private putBack({ text, lang }: Unsent, amended: EntryView | null, refusal: Refusal): void {
    this.draft.value = this.draft.value ? `${text}\n${this.draft.value}` : text;
    this.draftLang.value = lang;
    this.amending.value = amended;
    this.behind.value = refusal.code === "behind";
  }

  private async ask(after: number): Promise<News | null> {
    const following = await this.connection.insist("contact:follow", { contact_id: this.id, after }).catch(keepRefusal);
    if (following instanceof Refusal) {
      this.trouble.value = following.code;
      if (following.code === "not_found" && this.openedAt.value > 0) this.desk.lost(this.id);
      return null;
    }
    if (this.openedAt.value === 0) {
      this.presence.greet();
      this.saw(following.summary.head);
    }
    this.openedAt.value ||= following.summary.head;
    return following;
  }
}

const none = () => null;

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
