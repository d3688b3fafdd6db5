/** Everything one nurse has in front of them: boards, the open contact, the visit, and what the keys do with them. */
import { computed, signal } from "@preact/signals";
import { keepGuidance } from "../advice/guidance";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import { OF_CARE } from "../desk/desks";
import { Duties } from "../duty/duties";
import { HandOvers } from "../handover/handovers";
import { Leases } from "../lease/lease";
import { EARLIER } from "../note/Earlier";
import { beginNote } from "../note/NoteDraft";
import type { NoteInHand } from "../note/note";
import { EarlierMarks } from "../queue/earlier";
import { FIELD } from "../queue/FilterBar";
import { type Filter, NOTHING_SOUGHT, nextBoard, sought } from "../queue/filter";
import type { Marking } from "../review/MisreadDialog";
import type { BehindDoor, Colleague, Me, OpenDoor, UnitRole } from "../wire";
import { Board } from "./board";
import { type Desk, OpenContact } from "./contact";
import { Doors } from "./doors";
import type { Action } from "./keys";
import { beginTemplate } from "./TemplatePicker";

export type DialogName =
  | "urgency"
  | "hand_back"
  | "hand_over"
  | "ask_case"
  | "close"
  | "form"
  | "transcript"
  | "keys"
  | "templates"
  | "aside"
  | "call"
  | "find"
  | "sessions"
  | "know"
  | "why"
  | "guests"
  | "share"
  | "misread"
  | "advise"
  | "emergency_call";
export type Pane = "queue" | "conversation" | "facts";

const OPEN = "fyr-open-contact";

/** Roles that see boards, and roles that answer for a unit. The server asks again. */
const OF_BOARDS = [...OF_CARE, "unit_lead"];
const OF_ANSWERING = ["clinician", "unit_lead"];

export class Workplace implements Desk {
  readonly board: Board;
  readonly doors: Doors;
  readonly handOvers: HandOvers;
  readonly duties: Duties;
  readonly leases: Leases;
  readonly earlier: EarlierMarks;
  /** Access to the contact in front has ended; `unsent`: something was being written in it. */
  readonly ended = signal<{ unsent: boolean } | null>(null);
  /** How boards and contacts name who holds them: the id without its kind. */
  readonly staffId: string;
  readonly open = signal<OpenContact | null>(null);
  readonly filter = signal<Filter>(NOTHING_SOUGHT);
  /** The rows that are shown: everything, or what is sought. */
  readonly visible = computed(() => sought(this.board.shown.value, this.board.rows.value, this.filter.value));
  /** The row the keys stand on. */
  readonly cursor = signal<string | null>(null);
  readonly dialog = signal<DialogName | null>(null);
  /** The visit one is in; it stays while other contacts are looked at. */
  readonly visiting = signal<OpenContact | null>(null);
  readonly trouble = signal<string | null>(null);
  /** On a narrow screen one pane is seen at a time. */
  readonly pane = signal<Pane>("queue");
  /** Immediate contacts this nurse has looked at: their sound is off here. */
  private readonly seen = signal<ReadonlySet<string>>(new Set());
  readonly unseenAlarms = computed(() => this.board.alarms.value.filter((row) => !this.seen.value.has(row.contact_id)));
  /** Texts on their way to the server. */
  readonly waiting = computed(() => this.open.value?.unsent.value.length ?? 0);
  private readonly kept = new Map<string, { draft: string; note: NoteInHand | null }>();
  /** The next contact has been asked for and has not come. */
  readonly taking = signal(false);

  constructor(
    readonly connection: Connection,
    readonly me: Me,
  ) {
    this.staffId = me.id.replace(/^staff:/, "");
    this.leases = new Leases(connection, me.lease_s);
    this.board = new Board({
      connection,
      leases: this.leases,
      units: me.roles.filter((one) => OF_BOARDS.includes(one.role)),
      me: this.staffId,
    });
    this.handOvers = new HandOvers(
      connection,
      this.caresAt.map(({ unit_id }) => unit_id),
    );
    this.duties = new Duties(connection, this.board.unitIds, this.caresAt, this.staffId);
    this.earlier = new EarlierMarks({
      connection,
      visible: this.visible,
      rows: this.board.rows,
      cursor: this.cursor,
      unitIds: [...new Set(this.caresAt.map(({ unit_id }) => unit_id))],
    });
    keepGuidance(connection);
    this.doors = new Doors(connection, (id) => this.lost(id));
    connection.on("access_ended", ({ contact_id }) => this.lost(contact_id));
    const before = sessionStorage.getItem(OPEN);
    if (before) this.openContact(before);
  }

  openContact(id: string): void {
    this.pane.value = "conversation";
    this.cursor.value = id;
    this.seen.value = new Set(this.seen.value).add(id);
    if (this.open.value?.id === id) return;
    this.putAway();
    const contact = this.visiting.value?.id === id ? this.visiting.value : new OpenContact(this.connection, id, this);
    contact.draft.value ||= this.kept.get(id)?.draft ?? "";
    contact.noteDraft.value ??= this.kept.get(id)?.note ?? null;
    this.ended.value = null;
    this.open.value = contact;
    sessionStorage.setItem(OPEN, id);
  }

  async claimNext(): Promise<void> {
    const request = { client_id: newId(), unit_ids: this.board.unitIds };
    this.taking.value = true;
    const claim = await this.connection.insist("queue:claim_next", request).catch(keepRefusal);
    this.taking.value = false;
    this.trouble.value = claim instanceof Refusal ? claim.code : null;
    if (claim instanceof Refusal) return;
    void this.duties.begin();
    this.openContact(claim.contact_id);
  }

  /** Starts a visit in the open contact, or goes (back) into the one that is going on. */
  async video(): Promise<void> {
    const contact = this.open.value;
    if (!contact?.isMine) return;
    if (!contact.visit && (await contact.startVisit())) return;
    this.visiting.value = contact;
  }

  leaveVisit(): void {
    const contact = this.visiting.value;
    this.visiting.value = null;
    if (contact && contact !== this.open.value) contact.close();
  }

  /** Guests are invited to the visit one is in, and its patient called, whatever else is in front. */
  fromVisit(contact: OpenContact, dialog: "guests" | "call"): void {
    this.openContact(contact.id);
    this.dialog.value = dialog;
  }

  act(action: Action): void {
    const contact = this.open.value;
    if (action === "down" || action === "up") this.move(action === "down" ? 1 : -1);
    else if (action === "claim_next") void this.claimNext();
    else if (action === "search") document.getElementById(FIELD)?.focus();
    else if (action === "show_new") this.board.settle();
    else if (action === "next_board") this.filter.value = nextBoard(this.filter.value, this.board.unitIds);
    else if (isDialog(action)) this.dialog.value = action;
    else if (action === "earlier") this.lookBackFromCard();
    else if (contact) this.actIn(contact, action);
  }

  /** Writes to colleagues, or answers one of their questions: also in a contact someone else has. */
  aside(contact: OpenContact, question_no: number | null = null): void {
    contact.answering.value = question_no;
    this.dialog.value = "aside";
  }

  /** Marks words of the patient as read wrongly. */
  misread(contact: OpenContact, marking: Marking): void {
    contact.marking.value = marking;
    this.dialog.value = "misread";
  }

  doorTo(contact_id: string): BehindDoor | null {
    return this.doors.to(contact_id);
  }

  isOwnUnit(unit: string): boolean {
    return this.me.roles.some((role) => role.unit === unit);
  }

  /** The units one may open doors from: the contact's own, else any one cares at. */
  actsFrom(contact: OpenContact): readonly UnitRole[] {
    const here = this.caresAt.filter(({ unit }) => unit === contact.summary.value?.unit);
    return here.length > 0 ? here : this.caresAt;
  }

  /** The units one cares at, each once; none for who may open no door. */
  get caresAt(): readonly UnitRole[] {
    const caring = this.me.roles.filter(({ role }) => OF_CARE.includes(role));
    return [...new Map(caring.map((role) => [role.unit_id, role])).values()];
  }

  /** True where one answers for the contact's unit, and so for with whom it shares. */
  mayShare(contact: OpenContact): boolean {
    const unit = contact.summary.value?.unit;
    return this.me.roles.some((held) => held.unit === unit && OF_ANSWERING.includes(held.role));
  }

  /** Opens a door; the first contact behind it is where the keys stand next. */
  async openDoor(asked: Omit<OpenDoor, "client_id">): Promise<Refusal | null> {
    const found = await this.doors.open(asked);
    if (found instanceof Refusal) return found;
    this.pane.value = "queue";
    setTimeout(() => document.getElementById(`door-${found[0]?.contact_id}`)?.focus());
    return null;
  }

  async leaveDoor(door: BehindDoor): Promise<void> {
    this.trouble.value = (await this.doors.close(door))?.code ?? null;
  }

  /** Access to a contact has ended: it leaves the screen and the memory, with whatever was being written in it. */
  lost(contact_id: string): void {
    this.kept.delete(contact_id);
    const front = this.open.value?.id === contact_id ? this.open.value : null;
    const visit = this.visiting.value?.id === contact_id ? this.visiting.value : null;
    if (visit) this.visiting.value = null;
    if (visit && visit !== front) visit.forget();
    if (!front) return;
    const inDialog = isWritingInDialog();
    if (this.dialog.value !== "find") this.dialog.value = null;
    sessionStorage.removeItem(OPEN);
    this.open.value = null;
    this.ended.value = { unsent: front.forget() || inDialog };
  }

  /** The id of the contact's unit, where it is one of one's own. */
  unitOf(contact: OpenContact): string {
    const unit = contact.summary.value?.unit;
    return this.me.roles.find((role) => role.unit === unit)?.unit_id ?? "";
  }

  /** Who may be asked in a contact. */
  async colleagues(contact: OpenContact): Promise<readonly Colleague[]> {
    const unit_id = this.unitOf(contact);
    const list = await this.connection.call("colleague:list", { unit_id }).catch(keepRefusal);
    this.trouble.value = list instanceof Refusal ? list.code : null;
    return list instanceof Refusal ? [] : list.colleagues;
  }

  private actIn(contact: OpenContact, action: Action): void {
    if (action === "know") this.dialog.value = "know";
    else if (action === "hand_over") this.handOver(contact);
    else if (action === "reply" && contact.maySpeak) replyField()?.focus();
    else if (action === "claim_this" && contact.mayClaim) void contact.claim();
    else if (contact.mayWrite && isOfWriting(action)) this.actAsWriter(contact, action);
    else if (contact.isMine) this.actAsHolder(contact, action);
  }

  /** What anyone may do who may write to colleagues here. */
  private actAsWriter(contact: OpenContact, action: OfWriting): void {
    if (action === "aside") this.aside(contact);
    else if (action === "note") this.draftNote(contact);
    else this.dialog.value = action;
  }

  /** The draft lies beside the conversation it rests on. */
  private draftNote(contact: OpenContact): void {
    this.pane.value = "facts";
    void beginNote(contact);
  }

  /** Whose earlier contacts are to be shown as soon as the contact is in front. */
  private lookBackIn: string | null = null;

  /** True once, for the contact whose earlier ones were asked for before it was in front. */
  takesLookBack(id: string): boolean {
    const wanted = this.lookBackIn === id;
    if (wanted) this.lookBackIn = null;
    return wanted;
  }

  /** Of the card the keys stand on, which comes in front by it; else of the contact in front. */
  private lookBackFromCard(): void {
    const id = this.cursor.value;
    const onCard = id !== null && document.activeElement?.id === `row-${id}` && this.open.value?.id !== id;
    if (onCard) {
      this.lookBackIn = id;
      this.openContact(id);
      this.pane.value = "facts";
    } else if (this.open.value) this.lookBack();
  }

  /** Earlier contacts are asked for, or the first of them gets the focus. */
  private lookBack(): void {
    this.pane.value = "facts";
    setTimeout(() => {
      const first = document.getElementById(EARLIER);
      first?.focus();
      if (first?.dataset.asks) first.click();
    });
  }

  /** Offers what one holds; asks for what a colleague holds. */
  private handOver(contact: OpenContact): void {
    if (contact.isMine) this.dialog.value = "hand_over";
    else if (!contact.isOutside && contact.summary.value?.status === "held") this.dialog.value = "ask_case";
  }

  private actAsHolder(contact: OpenContact, action: Action): void {
    if (isOfHolding(action)) this.dialog.value = action;
    else if (action === "video") void this.video();
    else if (action === "admit") this.admitFirst(contact);
    else if (action === "guests" && this.visiting.value === contact) this.dialog.value = "guests";
    else if (action === "templates") withField(beginTemplate);
  }

  private admitFirst(contact: OpenContact): void {
    const waiting = contact.visit?.members.find((member) => member.place === "lobby");
    if (waiting) void contact.admit(waiting.participant);
  }

  private move(step: number): void {
    const ids = this.visible.value.map((one) => one.id);
    const at = this.cursor.value === null ? -1 : ids.indexOf(this.cursor.value);
    const next = ids[Math.min(ids.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    this.cursor.value = next;
    document.getElementById(`row-${next}`)?.focus();
  }

  /** The contact in front goes away; what was being written in it is kept for when it comes back. */
  private putAway(): void {
    const contact = this.open.value;
    if (!contact) return;
    this.kept.set(contact.id, { draft: contact.draft.value, note: contact.noteDraft.value });
    if (contact !== this.visiting.value) contact.close();
  }
}

/** Opens whatever contact is in front, or none. */
const isDialog = (action: Action): action is "keys" | "find" | "why" =>
  action === "keys" || action === "find" || action === "why";

type OfWriting = "aside" | "note" | "call" | "emergency_call";
const OF_WRITING: readonly Action[] = ["aside", "note", "call", "emergency_call"];
const isOfWriting = (action: Action): action is OfWriting => OF_WRITING.includes(action);

type OfHolding = "urgency" | "hand_back" | "close" | "advise" | "form";
const OF_HOLDING: readonly Action[] = ["urgency", "hand_back", "close", "advise", "form"];
const isOfHolding = (action: Action): action is OfHolding => OF_HOLDING.includes(action);

/** Something was being written in the dialog over the contact. */
const isWritingInDialog = () =>
  [...document.querySelectorAll<HTMLTextAreaElement>("dialog[open] textarea")].some((field) => field.value.trim());

const replyField = () => document.querySelector<HTMLTextAreaElement>("#staff-reply");

function withField(act: (field: HTMLTextAreaElement) => void): void {
  const field = replyField();
  if (field) act(field);
}

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
