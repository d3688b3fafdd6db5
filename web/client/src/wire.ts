// Made from the server's structs by `fyr wire`. Do not edit.

/** `hand_over:accept`: take over what is offered at a unit; the contact belongs to that unit from then on. */
export interface AcceptOffer {
  unit_id: string;
  offer_id: string;
  client_id: string;
}

/** Event `access_changed`: other doors are open to one than before; `access:list` says which. */
export interface AccessChanged {
}

/** Event `access_ended`: this socket follows it no more, since access to it has ended. */
export interface AccessEnded {
  contact_id: string;
  unit_id: string;
}

/** `note:add`: a private note, seen by staff only. Either a text, or sentences in four parts (SBAR). */
export interface AddNote {
  contact_id: string;
  client_id: string;
  text?: string;
  sentences?: Array<NoteSentence>;
  lang?: "en" | "nb" | "sv";
}

/** `visit:admit`: a clinician lets someone in from the lobby. */
export interface AdmitParticipant {
  contact_id: string;
  visit_id: string;
  participant: string;
}

/** How one service stands. */
export interface AgreedService {
  function: "booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit";
  standing: "accepted" | "declined" | "ended" | "invited";
  since: string;
  by_staff: boolean;
  begins_on: string;
}

/** Answer to `agreement:list` and `agreement:revoke`; at most two hundred. */
export interface AgreementList {
  functions: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  agreements: Array<UnitAgreement>;
}

/** One thing an alarm rests on. */
export interface AlarmGround {
  why: "limit" | "missing" | "was_red";
  zone: "green" | "red" | "yellow";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  reason: Record<string, string>;
  seen: Array<AlarmValue>;
  answers: Array<Record<string, string>>;
  news2: number | null;
  measure: "dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight" | null;
  missed: number;
  since_ms: number;
}

/** A value beyond a limit, with what it was held against, as it is shown: rounded, in the base unit. */
export interface AlarmValue {
  measure: "dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight";
  unit: "%" | "/min" | "kg" | "lb" | "mg/dL" | "min" | "mmHg" | "mmol/L" | "points" | "\u00b0C" | "\u00b0F";
  value: number;
  at_ms: number;
  bound: string;
  against: "change" | "own" | "value";
  within_h: number | null;
  reference: number | null;
  doubts: Array<"clock" | "device" | "impossible" | "improbable" | "jump">;
  confirmed: boolean;
  trend: Array<TrendPoint>;
}

/** `message:amend`: correct one's own message by an addendum; the message stays as it was written. */
export interface AmendMessage {
  contact_id: string;
  client_id: string;
  of_no: number;
  text: string;
  lang?: "en" | "nb" | "sv" | null;
  seen_no?: number | null;
}

/** The author of a message corrects it. The message stays as it was written; this stands beside it. */
export interface Amended {
  kind: "amended";
  of_no: number;
  of_patient_no: number;
  text: string;
  lang: string | null;
}

/** `captions:answer`: whether what one says oneself may be made into text; it may be taken back at any time. */
export interface AnswerCaptions {
  contact_id: string;
  visit_id: string;
  yes: boolean;
}

/** `colleague:answer`: answer an open question of a colleague; seen by staff only. */
export interface AnswerColleague {
  contact_id: string;
  client_id: string;
  question_no: number;
  text: string;
}

/** `agreement:answer`: accept some, decline others. What is accepted takes the code: `code_wrong` without it. */
export interface AnswerInvitation {
  client_id: string;
  agreement_id: string;
  accepted?: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  declined?: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  code?: string;
  for_person?: string;
}

/** `photo:answer`: the patient's yes or no to the picture they are asked for. */
export interface AnswerPhoto {
  contact_id: string;
  visit_id: string;
  yes: boolean;
}

/** `relay:answer`: to the offer of this number. An answer that cannot be used is refused with `bad_request`. */
export interface AnswerRelay {
  contact_id: string;
  visit_id: string;
  session: string;
  offer_no: number;
  description: Description;
}

/** `test:answer`: to the offer of this number. An answer that cannot be used is refused with `bad_request`. */
export interface AnswerTest {
  contact_id: string;
  session: string;
  offer_no: number;
  description: Description;
}

/** The answer to a question of the intake, with the question as it was worded. */
export interface Answered {
  kind: "answered";
  question: string;
  wording: string;
  value: boolean | number | string;
}

/** One unit's times, in minutes. */
export interface Answering {
  answer_min: Record<string, number>;
  beside_min: number;
  then: "lead" | "queue";
}

/** `register:approve`: do what another has proposed. */
export interface ApproveChange {
  client_id: string;
  change_id: string;
  number?: string;
}

/** `content:approve`: one person's approval of exactly these files. With the second it is in force. */
export interface ApproveContentSet {
  client_id: string;
  content_version: string;
  sha256: string;
}

/** `directory:approve`: what another has proposed is to be in force. */
export interface ApproveSheet {
  client_id: string;
  of: "provider" | "staff" | "unit";
  of_id: string;
  no: number;
  typed?: string;
}

/** Who one is as a guest, and of which visit. */
export interface AsGuest {
  contact_id: string;
  visit_id: string;
  participant: string;
  name: string;
  role: "consultant" | "interpreter" | "relative";
  lang: string;
  until: string;
  visit: VisitSummary;
}

/** `agreement:mine`: what one was invited to and has agreed on. */
export interface AskAgreements {
  for_person?: string;
}

/** `audit:scope`: of which units and by whom an auditor sees looks. */
export interface AskAuditScope {
}

/** The same figures as a file. */
export interface AskBenefits {
  unit_id: string;
  from_month: string;
  until_month: string;
  function: "booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit" | null;
  lang: "en" | "nb" | "sv";
}

/** `captions:ask`: want what is said as text. Everybody else is asked; who asks has said yes for themselves. */
export interface AskCaptions {
  contact_id: string;
  visit_id: string;
}

/** `colleague:ask`: a question to a colleague, or to a role at the unit; seen by staff only. */
export interface AskColleague {
  contact_id: string;
  client_id: string;
  text: string;
  to_staff?: string | null;
  to_role?: string;
}

/** Everything about oneself. */
export interface AskExport {
  lang: "en" | "nb" | "sv";
}

/** The same month as a file. */
export interface AskFairness {
  unit_id: string;
  month: string;
}

/** `hand_over:ask`: ask who holds a contact for it. */
export interface AskForCase {
  contact_id: string;
  client_id: string;
  reason: string;
}

/** `POST /api/session/outbox-key`: the key for what this browser keeps until it is sent. */
export interface AskOutboxKey {
  key_id?: string;
}

/** `booking:mine`: what one has booked, is offered and waits for. */
export interface AskOwnBookings {
  for_person?: string;
}

/** `followup:mine`: where one is followed at home, and what is to be measured. */
export interface AskOwnFollowUps {
  for_person?: string;
}

/** `photo:ask`: staff who are in the visit ask the patient whether a picture may be taken and kept. */
export interface AskPhoto {
  contact_id: string;
  visit_id: string;
  participant: string;
}

/** `followup:programmes`: what one may be included in. */
export interface AskProgrammes {
  unit_id: string;
}

/** `content:shadow`: what a proposed set has said beside the one in force, of contacts of one's own care givers. */
export interface AskShadow {
  content_version: string;
}

/** `staffing:ask`: how many nurses these hours of the week need, tried out on the unit's own past arrivals. */
export interface AskStaffing {
  unit_id: string;
  weekday: number;
  from_hour: number;
  to_hour: number;
}

/** The transcript of a contact as a PDF. */
export interface AskTranscript {
  contact_id: string;
  lang: "en" | "nb" | "sv";
  notes: boolean;
}

/** `duty:ask`: how it stands at the unit where one's contact would go, before one writes. */
export interface AskUnitNow {
  unit_id?: string;
  for_person?: string;
  service?: string;
}

/** Something that is asked beside the values. */
export interface AskedQuestion {
  question: string;
  wording: Record<string, string>;
}

/** One assessment of everything said so far. Staff see it whole. */
export interface Assessed {
  kind: "assessed";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  assessed: boolean;
  could_be: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  if_silent: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
  reasons: Array<Reason>;
  findings: Array<Finding>;
  unread: Array<[number, number, number]>;
  ask: Array<Question>;
  denied: Array<string>;
  safety_net: string;
  plain: Array<string>;
  path: Reason | null;
  lang: string;
  basis_no: number;
  content_version: string;
}

/** `form:assign`: send the patient a form. */
export interface AssignForm {
  contact_id: string;
  client_id: string;
  claim_no: number;
  form_id: string;
}

/** Someone began to send a file. Committed before its bytes come: what is said with it must not wait for them. */
export interface Attached {
  kind: "attached";
  attachment: string;
  name: string;
  size: number;
  caption: string;
  lang: string | null;
}

/** How it went with an attachment. Its content is given out from `clean` on, and never before. */
export interface AttachmentTold {
  kind: "attachment_told";
  attachment: string;
  state: "clean" | "erased" | "received" | "refused" | "waiting" | "withdrawn";
  why: "damaged" | "infected" | "locked" | "lost" | "not_finished" | "too_heavy" | "too_many_pages" | "too_many_pixels" | "wrong_type" | null;
  type: "application/pdf" | "image/jpeg" | "image/png" | null;
  size: number;
  digest: string;
  width: number;
  height: number;
  pages: number;
}

/** By name. */
export interface AuditScope {
  units: Array<AuditedUnit>;
  staff: Array<AuditedStaff>;
}

/** One look. Whom it concerned is told by `audit:show`. */
export interface AuditedLook {
  look_id: string;
  at: string;
  action: string;
  staff_id: string;
  name: string;
  role: string;
  unit: string;
  provider: string;
  outcome: "allowed" | "refused";
  basis: string;
  stratum: "colleague" | "door" | "emergency" | "other" | "protected" | "refused" | "self" | "surname";
  ties: Array<"colleague" | "protected" | "self" | "surname">;
  purpose: string;
  of_person: boolean;
}

/** Somebody who works there. */
export interface AuditedStaff {
  staff_id: string;
  name: string;
  role: string;
  unit_id: string;
}

/** A unit of a legal care giver whose audit one reads. */
export interface AuditedUnit {
  unit_id: string;
  unit: string;
  provider_id: string;
}

/** Who wrote an entry, as it is shown: a protected member of staff has a role and no name. */
export interface Author {
  kind: "guest" | "patient" | "staff" | "system";
  name: string;
  role: string;
}

/** Days on which they do not, both of them included. */
export interface AwayDays {
  from_day: string;
  until_day: string;
}

/** What a sum from `low` up to and with `high` is called. */
export interface Band {
  low: number | number;
  high: number | number;
  text: Record<string, string>;
}

/** One figure as it was before, and where that comes from. */
export interface BaselineFigure {
  name: "abandoned_after" | "abandoned_before" | "came_back" | "emergency" | "in_time" | "lowered" | "no_show" | "raised" | "reply_median" | "reply_p90" | "resolved_digitally" | "use_booking" | "use_chat" | "use_forms" | "use_video";
  value: number;
  among: number | null;
  source: string;
  from_month: string;
  until_month: string;
  by: string;
  at: string;
}

/** Answer to `baseline:set`: what is held now. */
export interface BaselineView {
  unit_id: string;
  figures: Array<BaselineFigure>;
}

/** `test:begin`: an offer of the relay, over which everything one sends comes back, for a minute at most. */
export interface BeginTest {
  contact_id: string;
  session: string;
}

/** A contact that lies behind a door. */
export interface BehindDoor {
  contact_id: string;
  unit: string;
  opened_at: string;
  status: "closed" | "held" | "waiting";
  basis: "care" | "consent" | "emergency" | "shared";
  until: string;
  door_ids: Array<string>;
}

/** What lies behind the doors that are open to one, newest first. */
export interface BehindDoors {
  contacts: Array<BehindDoor>;
}

/** One stretch of time. */
export interface BenefitColumn {
  from_at: string;
  until_at: string;
  month: string;
  state: "invited" | "off" | "on" | null;
  figures: Array<BenefitFigure>;
}

/** One figure. docs/benefits.md says what each counts, among what, and what is left out. */
export interface BenefitFigure {
  name: "abandoned_after" | "abandoned_before" | "came_back" | "emergency" | "in_time" | "lowered" | "no_show" | "raised" | "reply_median" | "reply_p90" | "resolved_digitally" | "use_booking" | "use_chat" | "use_forms" | "use_video";
  level: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
  measure: "minutes" | "number" | "share";
  better: "down" | "neither" | "up";
  numerator: number | null;
  denominator: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
  before: number | null;
  compared: "better" | "less" | "more" | "too_few" | "unclear" | "worse" | null;
  few: boolean;
}

/** What a figure is called, and what it says. */
export interface BenefitWords {
  name: "abandoned_after" | "abandoned_before" | "came_back" | "emergency" | "in_time" | "lowered" | "no_show" | "raised" | "reply_median" | "reply_p90" | "resolved_digitally" | "use_booking" | "use_chat" | "use_forms" | "use_video";
  title: string;
  told: string;
}

/** Answer to `benefits:show`. */
export interface BenefitsView {
  unit_id: string;
  unit: string;
  lang: "en" | "nb" | "sv";
  words: Array<BenefitWords>;
  baseline: Array<BaselineFigure>;
  columns: Array<BenefitColumn>;
}

/** `access:block`: keep what a unit, or a whole legal care giver, knows of a person to itself, or no longer. */
export interface BlockUnit {
  client_id: string;
  unit_id?: string;
  provider_id?: string;
  staff_id?: string;
  blocked: boolean;
  for_person?: string;
}

/** Answer to `board:follow`. */
export interface Board {
  unit_id: string;
  unit: string;
  no: number;
  rows: Array<BoardRow>;
  gone: Array<string>;
  leases: Record<string, string>;
}

/** Event `board_anew`: something of the board has changed that no number counts; `board:follow` from 0 has it. */
export interface BoardAnew {
  unit_id: string;
}

/** Event `board`: every row of a followed board that changed after number `after` and up to `no`. */
export interface BoardChanged {
  unit_id: string;
  after: number;
  no: number;
  rows: Array<BoardRow>;
  gone: Array<string>;
}

/** One contact on a board: the least a nurse needs to choose. No name, no identity number. */
export interface BoardRow {
  contact_id: string;
  board_no: number;
  unit_id: string;
  status: "closed" | "held" | "waiting";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  assessed: boolean;
  could_be: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  subject: "child" | "other" | "self";
  age_y: number | null;
  age_m: number | null;
  sex: "f" | "m" | null;
  lang: string;
  words: Array<string>;
  reason: string;
  rule: string;
  says_no: Array<string>;
  changed: Array<Change>;
  arrived_at: string;
  target_at: string;
  order: string;
  holder: Holder | null;
  claim_no: number;
  turn: "patient" | "staff";
  turn_since: string;
  visit: "" | "in" | "lobby";
  asks_staff: Array<string>;
  asks_roles: Array<string>;
  protected: boolean;
  call: CallBack | null;
  offer: RowOffer | null;
  requests: Array<RowRequest>;
  net: "" | "confirmed" | "waits";
  needs: Array<string>;
  escalated: "colleagues" | "lead" | "next_unit" | null;
  letter: boolean;
  title: string;
}

/** `booking:book`: this time. Refused with `slot_taken`, and with `not_bookable` where the unit's rules say so. */
export interface BookTime {
  client_id: string;
  schedule_id: string;
  starts_at: string;
  lang: string;
  for_person?: string;
  channel?: "email" | "none" | "push" | "sms";
  address?: string;
  push?: Subscription | null;
  phone?: string;
}

/** The patient is to be called by telephone. The number stands in the contact itself (`reach`). */
export interface CallBack {
  why: "question" | "silent" | "unanswered" | "unconfirmed";
  since: string;
  calls: number;
  tried: number;
  last: "left_message" | "no_answer" | "reached" | "wrong_number" | null;
  next_at: string;
}

/** A named person takes the contact off the call-back list, with a reason. */
export interface CallEnded {
  kind: "call_ended";
  reason: string;
}

/** The contact is on the call-back list, by itself, with why. */
export interface CallListed {
  kind: "call_listed";
  why: "question" | "silent" | "unanswered" | "unconfirmed";
  since_ms: number;
  after_min: number;
  calls: number;
  every_min: number;
}

/** One step of the emergency call. */
export interface CallStep {
  id: string;
  do: Wording;
  say: Wording | null;
  source: string;
  review: "approved" | "proposed" | "reviewed";
}

/** A named person called the patient by telephone. */
export interface CallTried {
  kind: "call_tried";
  outcome: "left_message" | "no_answer" | "reached" | "wrong_number";
  note: string;
}

/** `booking:cancel`. */
export interface CancelBooking {
  client_id: string;
  booking_id: string;
  for_person?: string;
}

/** RTCIceCandidateInit; an empty candidate ends the gathering. */
export interface Candidate {
  candidate: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
}

/** How many contacts one nurse of the unit is given. */
export interface CapacitySheet {
  at_once: number;
  with_immediate: number;
}

/** Event `caption_said`: what the recogniser takes somebody to say. */
export interface CaptionSaid {
  visit_id: string;
  sender: string;
  text: string;
  final: boolean;
}

/** Whether what they say themselves may be made into text; a later answer takes the place of an earlier one. */
export interface CaptionsAnswered {
  kind: "captions_answered";
  visit_id: string;
  participant: string;
  name: string;
  yes: boolean;
}

/** Somebody in the visit wants what is said as text. It is their own yes too. */
export interface CaptionsAsked {
  kind: "captions_asked";
  visit_id: string;
  participant: string;
  name: string;
}

/** Where these hold, triage is told yes to a question of the clinical content. Never a no: it can only raise. */
export interface Carried {
  question: string;
  when: Array<Condition>;
  behavior: "all" | "any";
}

/** A colleague asks who holds the contact for it. */
export interface CaseAsked {
  kind: "case_asked";
  staff_id: string;
  name: string;
  role: string;
  reason: string;
  claim_no: number;
}

/** Who holds the contact keeps it. */
export interface CaseRefused {
  kind: "case_refused";
  staff_id: string;
  reason: string;
}

/** What one assessment, or silence, changed of a contact that had been read before. */
export interface Change {
  no: number;
  before: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  after: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  rule: string;
  reason: string;
  words: Array<string>;
  silent: boolean;
  has: Array<string>;
  has_not: Array<string>;
}

/** A look that was drawn. */
export interface CheckItem {
  item: number;
  stratum: "colleague" | "door" | "emergency" | "other" | "protected" | "refused" | "self" | "surname";
  look: AuditedLook | null;
  judged: JudgedLook | null;
}

/** The newest first. */
export interface CheckList {
  checks: Array<CheckSummary>;
}

/** One of them. */
export interface CheckSummary {
  check_id: string;
  drawn_at: string;
  since: string;
  until: string;
  unit: string;
  provider: string;
  items: number;
  judged: number;
  not_in_order: number;
}

/** One criterion of the programme, as it was judged. */
export interface Checked {
  criterion: string;
  holds: boolean;
}

/** How much of a stratum or a unit was checked. */
export interface CheckedShare {
  name: string;
  looks: number;
  drawn: number;
  judged: number;
}

/** One thing understood, as the patient sees it. */
export interface Chip {
  concept: string;
  label: string;
  state: "has" | "has_not" | "unsure";
}

/** `notice:choose`: how the patient wants to be told of news while the page is closed. */
export interface ChooseNotice {
  contact_id: string;
  client_id: string;
  channel: "email" | "none" | "push" | "sms";
  address?: string;
  push?: Subscription | null;
}

/** The contact is yours under `claim_no`; everything written in it carries that number. */
export interface Claim {
  contact_id: string;
  claim_no: number;
}

/** `queue:claim`: take this contact. */
export interface ClaimContact {
  client_id: string;
  contact_id: string;
}

/** `queue:claim_next`: take the first contact of the units that this nurse may take. */
export interface ClaimNext {
  client_id: string;
  unit_ids: Array<string>;
}

/** One nurse holds the contact, under a claim number that only grows. */
export interface Claimed {
  kind: "claimed";
  staff_id: string;
  name: string;
  role: string;
  claim_no: number;
}

/** Who holds the contact, as the patient may know it. */
export interface Clinician {
  name: string;
  role: string;
}

/** `contact:close`: end the contact. */
export interface CloseContact {
  contact_id: string;
  client_id: string;
  claim_no: number;
  reason: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit";
  safety_net: string;
  understood: "confirmed" | "not_needed" | "said";
  seen_no?: number | null;
}

/** `access:close`: end a door before its time. Staff end their own, patients one that concerns them. */
export interface CloseDoor {
  client_id: string;
  door_id: string;
}

/** The contact ends, with a reason and what the patient should watch for. */
export interface Closed {
  kind: "closed";
  reason: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit";
  safety_net: string;
  claim_no: number;
  understood: "" | "confirmed" | "not_needed" | "said";
}

/** Closed for once, from a moment to another by the clock on the wall, such as 2026-12-03T13:00. */
export interface Closing {
  begins: string;
  ends: string;
  why?: string;
  text?: Record<string, string>;
}

/** What must hold before a contact ends for a reason. */
export interface ClosingRule {
  reason: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit";
  safety_net: "free" | "needed";
  after_calls: boolean;
  by_confirming: boolean;
  source: string;
  review: "approved" | "proposed" | "reviewed";
}

/** A concept of a code system. System and code say which; the display is only how it reads. */
export interface Coding {
  type: "coding";
  system?: string;
  version?: string;
  code?: string;
  display?: string;
}

/** A member of staff at the unit. */
export interface Colleague {
  staff_id: string;
  name: string;
  role: string;
}

/** The answer to a colleague's question. Never seen by the patient. */
export interface ColleagueAnswered {
  kind: "colleague_answered";
  question_no: number;
  text: string;
}

/** A question to a colleague, or to whoever has a role at the unit. Never seen by the patient. */
export interface ColleagueAsked {
  kind: "colleague_asked";
  text: string;
  to_staff: string | null;
  to_name: string;
  to_role: string;
}

/** Answer to `colleague:list`, by name. */
export interface ColleagueList {
  colleagues: Array<Colleague>;
}

/** How many came in an hour, or are to come. */
export interface ComingHour {
  at: string;
  came: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
}

/** What was sent lies committed in the log. */
export interface Committed {
  contact_id: string;
  no: number;
  at: string;
  repeated: boolean;
}

/** Who else is in the room with somebody. */
export interface CompanyTold {
  kind: "company_told";
  visit_id: string;
  participant: string;
  name: string;
  company: Array<"carer" | "child" | "interpreter" | "nobody" | "other" | "relative">;
}

/** A skill that is needed for some: every condition that is given must hold. */
export interface Competence {
  need: string;
  below_y?: number | null;
  service?: string;
}

/** Answer to `concept:list`, by name. */
export interface ConceptList {
  concepts: Array<ConceptName>;
}

/** One concept and what it is called. */
export interface ConceptName {
  concept: string;
  label: string;
}

/** Something that is to hold of another question's answers: FHIR's `enableWhen`. */
export interface Condition {
  question: string;
  operator: "!=" | "<" | "<=" | "=" | ">" | ">=" | "exists";
  answer: boolean | number | number | string | Coding | Quantity;
}

/** `safety_net:confirm`: the patient has read what to do if it gets worse, and understood. */
export interface ConfirmSafetyNet {
  contact_id: string;
  client_id: string;
  given_no: number;
}

/** What the page found. */
export interface ConnectionResult {
  camera: "absent" | "refused" | "silent" | "untried" | "works";
  microphone: "absent" | "refused" | "silent" | "untried" | "works";
  speaker: "heard" | "not_heard" | "untried";
  connected: boolean;
  udp?: "not_reached" | "reached" | "untried";
  tcp?: "not_reached" | "reached" | "untried";
  tls?: "not_reached" | "reached" | "untried";
  round_trip_ms?: number;
  loss_permille?: number;
  kbit_s?: number;
}

/** Somebody has tried camera, sound and network, and tells the unit how it went. */
export interface ConnectionTested {
  kind: "connection_tested";
  name: string;
  grade: "good" | "none" | "poor";
  result: ConnectionResult;
}

/** Event `contact_anew`: entries of the contact show otherwise than before; `contact:follow` from 0 has them. */
export interface ContactAnew {
  contact_id: string;
}

/** The state of a contact, as it is after entry `head`. */
export interface ContactSummary {
  contact_id: string;
  person_id: string;
  head: number;
  unit: string;
  status: "closed" | "held" | "waiting";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  assessed: boolean;
  could_be: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  lang: string;
  turn: "patient" | "staff";
  arrived_at: string;
  clinician: Clinician | null;
  holder_id: string | null;
  beside: string | null;
  claim_no: number;
  wait: Wait | null;
  visit: VisitSummary | null;
  letter: LetterNow | null;
  closed: Closed | null;
  reopen_until: string | null;
  notice: "email" | "none" | "push" | "sms" | null;
  protection: "fingerade_uppgifter" | "kode_19" | "kode_6" | "kode_7" | "sekretessmarkering" | "skyddad_folkbokforing" | null;
  changed: Array<Change>;
  open_questions: Array<number>;
  video: boolean;
}

/** One set. */
export interface ContentSetShown {
  version: string;
  sha256: string;
  status: "approved" | "proposed" | "withdrawn";
  proposed_by: string;
  proposed_at: string;
  reason: string;
  rehearsed: Rehearsed;
  approved_by: Array<string>;
  in_force_since: string;
  may_approve: boolean;
}

/** Answer to `content:list`. */
export interface ContentSets {
  judging: string;
  sets: Array<ContentSetShown>;
}

/** `reading:correct`: the patient strikes or adds what was understood. */
export interface CorrectReading {
  contact_id: string;
  client_id: string;
  struck?: Array<string>;
  added?: Array<string>;
}

/** The patient corrects how they were understood. It may raise urgency, never lower it. */
export interface Corrected {
  kind: "corrected";
  struck: Array<string>;
  added: Array<string>;
}

/** What must hold, or must not. */
export interface CriterionShown {
  criterion: string;
  wording: Record<string, string>;
  must_hold: boolean;
}

/** The values of one measure, the oldest first, and the limits a value alone may pass. */
export interface Curve {
  measure: "dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight";
  unit: "%" | "/min" | "kg" | "lb" | "mg/dL" | "min" | "mmHg" | "mmol/L" | "points" | "\u00b0C" | "\u00b0F";
  points: Array<TrendPoint>;
  limits: Array<LimitShown>;
}

/** One time that somebody has. */
export interface DayBooking {
  booking_id: string;
  clinician_id: string;
  clinician: string;
  person_id: string;
  name: string;
  type: "on_site" | "phone" | "video";
  starts_at: string;
  ends_at: string;
  status: "attended" | "booked" | "missed";
  phone: string;
  lang: string;
  contact_id: string;
}

/** One time that is free. */
export interface DayTime {
  schedule_id: string;
  clinician_id: string;
  clinician: string;
  type: "on_site" | "phone" | "video";
  starts_at: string;
  ends_at: string;
  left: number;
}

/** Answer to `booking:day`, in order. */
export interface DayView {
  bookings: Array<DayBooking>;
  times: Array<DayTime>;
  zone: string;
}

/** What was decided of one function at a unit. */
export interface Decided {
  phases?: Array<Phase>;
  closed_text?: Record<string, string>;
}

/** `hand_over:decline`: say no, with a reason. */
export interface DeclineOffer {
  unit_id: string;
  offer_id: string;
  client_id: string;
  reason: string;
}

/** `booking:decline`: the time one was offered is somebody else's. */
export interface DeclineTime {
  client_id: string;
  seat_id: string;
  for_person?: string;
}

/** Someone to sign in as in a demo. */
export interface DemoPerson {
  id: string;
  name: string;
  kind: "patient" | "staff";
  role: string;
  unit: string;
}

/** RTCSessionDescriptionInit. */
export interface Description {
  type: "answer" | "offer" | "pranswer" | "rollback";
  sdp: string;
}

/** Somebody who works there. */
export interface DirectoryMember {
  staff_id: string;
  name: string;
  roles: Array<StaffRole>;
  skills: Array<string>;
  languages: Array<string>;
  ends_on: string;
  employed: boolean;
}

/** A legal care giver one administers. */
export interface DirectoryProvider {
  provider_id: string;
  name: string;
  founded_by: string;
}

/** Answer to `directory:list`. */
export interface DirectoryShown {
  providers: Array<DirectoryProvider>;
  units: Array<DirectoryUnit>;
  staff: Array<DirectoryMember>;
  waiting: Array<WaitingSheet>;
}

/** One of its units. */
export interface DirectoryUnit {
  unit_id: string;
  provider_id: string;
  name: string;
  kind: "gp" | "hospital" | "municipality";
  takes_chat: boolean;
  open_now: boolean;
  manned: boolean;
  reached: boolean;
}

/** Someone outside those units may see something until then. */
export interface DoorToMine {
  door_id: string;
  from_unit: string;
  opens_unit: string;
  basis: "care" | "consent" | "emergency" | "shared";
  until: string;
}

/** `note:draft`: begin a note from what lies in the contact. Nothing is written. */
export interface DraftNote {
  contact_id: string;
  lang: "en" | "nb" | "sv";
}

/** `check:draw`: draw looks by lot, so many of each stratum, as a list of work. */
export interface DrawCheck {
  client_id: string;
  provider_id?: string;
  at_unit?: string;
  since: string;
  until: string;
  per_stratum: number;
}

/** Event `duty`: somebody has gone on or off duty at a unit; `duty:list` has it. */
export interface DutyChanged {
  unit_id: string;
}

/** One member of staff who is on duty or pauses. */
export interface DutyOf {
  staff_id: string;
  name: string;
  standing: "finishing" | "off" | "on" | "paused";
  since: string;
  reached: boolean;
}

/** One of them: what tells whether it is worth opening. */
export interface EarlierContact {
  contact_id: string;
  unit: string;
  opened_at: string;
  status: "closed" | "held" | "waiting";
  closed_at: string;
  closed: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit" | null;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  reason: string;
}

/** Answer to `contact:earlier`, the newest first. */
export interface EarlierContacts {
  contacts: Array<EarlierContact>;
}

/** What a card says of them. */
export interface EarlierMark {
  contact_id: string;
  count: number;
  last_at: string;
}

/** Answer to `board:earlier`: only cards for which there are any. */
export interface EarlierMarks {
  marks: Array<EarlierMark>;
}

/** Numbers to call; they belong to the deployment's country, never to a language. */
export interface EmergencyNumbers {
  emergency: string;
  advice: string;
}

/** Nothing to say but that it was done. */
export interface Empty {
}

/** `agreement:end`: use these services no more. */
export interface EndAgreement {
  client_id: string;
  agreement_id: string;
  functions: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  for_person?: string;
}

/** `call:end`: take the contact off the call-back list, with a reason. */
export interface EndCall {
  contact_id: string;
  client_id: string;
  reason: string;
}

/** `followup:end`: it is over. */
export interface EndFollowUp {
  client_id: string;
  unit_id: string;
  record_id: string;
  ended: "died" | "goal_reached" | "moved_on" | "not_able" | "other" | "patient_wish";
  outcome?: string;
}

/** `schedule:end`: it offers nothing more. What is booked stays booked. */
export interface EndSchedule {
  client_id: string;
  unit_id: string;
  schedule_id: string;
}

/** `access:unshare`: end such an agreement. */
export interface EndShare {
  client_id: string;
  door_id: string;
}

/** `test:end`: one is done. */
export interface EndTest {
  contact_id: string;
}

/** `visit:end`: a clinician ends the visit for all. */
export interface EndVisit {
  contact_id: string;
  visit_id: string;
}

/** `booking:unwish`: wait no more. */
export interface EndWish {
  client_id: string;
  wish_id: string;
  for_person?: string;
}

/** `visit:enter`: come to a visit. The patient lands in the lobby; who was admitted before comes straight in. */
export interface EnterLobby {
  contact_id: string;
  visit_id: string;
}

/** Event `entry`: new entries in a contact this socket follows, in order, and the state after them. */
export interface EntryAdded {
  contact_id: string;
  entries: Array<EntryView>;
  summary: ContactSummary;
}

/** One entry as its reader may see it. `no` is numbered without gaps for that audience. */
export interface EntryView {
  no: number;
  at: string;
  author: Author;
  mine: boolean;
  client_id: string;
  body: Opened | Message | Answered | Corrected | VitalsTold | FollowUpOpened | FollowUpAlarm | LetterWritten | FormAssigned | FormSubmitted | FormWithdrawn | FormNews | FormSaved | Reach | Attached | AttachmentTold | Amended | Read | Understood | Queued | Claimed | HandedBack | HandOverOffered | HandedOver | OnCallAlerted | LetterTurned | Closed | Reopened | SafetyNetGiven | SafetyNetConfirmed | Reminded | CallTried | NoticeChosen | LookedIn | VisitStarted | VisitKnocked | VisitAdmitted | VisitJoined | VisitLeft | VisitEnded | VisitQuality | GuestInvited | GuestCame | GuestWithdrawn | VisitIdentified | VisitSentBack | VisitSetAside | VisitBroughtBack | VisitRemoved | VisitExpected | CompanyTold | VisitMissed | ConnectionTested | PhotoAsked | PhotoAnswered | CaptionsAsked | CaptionsAnswered | Erased | Noted | ColleagueAsked | ColleagueAnswered | Assessed | SilenceRaised | UrgencySet | Misread | HandOverDeclined | HandOverWithdrawn | HandOverUnanswered | CaseAsked | CaseRefused | Escalated | NeedsSet | CallListed | CallEnded;
}

/** What stood here has been erased. It keeps its number, so that nobody asks for it for ever. */
export interface Erased {
  kind: "erased";
}

/** Nobody has taken the contact within the promised time, so it is told further. */
export interface Escalated {
  kind: "escalated";
  step: "colleagues" | "lead" | "next_unit";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  late_min: number;
  waiting_ms: number;
  to_unit: string;
  unit_name: string;
}

/** `visit:expect`: tell who waits that they are let in in so many minutes. */
export interface ExpectVisit {
  contact_id: string;
  visit_id: string;
  minutes: number;
}

/** What must be read in a sentence: words that stand in it, as which concept, in which state. */
export interface ExpectedReading {
  words: string;
  concept: string;
  state: "has" | "has_not" | "other_person" | "past" | "unsure";
}

/** When they receive on one day besides. */
export interface ExtraTime {
  day: string;
  from_min: number;
  until_min: number;
}

/** What comes when every call was made and nobody answered. */
export interface FailedContact {
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  do: Wording;
  source: string;
  review: "approved" | "proposed" | "reviewed";
}

/** One group. All figures are null for a group of fewer than five, or that would give such a one away. */
export interface FairnessCell {
  by: "age_group" | "hour" | "lang" | "level";
  group: string;
  contacts: number | null;
  median_min: number | null;
  p95_min: number | null;
  in_time: number | null;
  expected: number | null;
}

/** Answer to `fairness:show`. */
export interface FairnessSheet {
  unit_id: string;
  month: string;
  contacts: number | null;
  cells: Array<FairnessCell>;
}

/** What is wrong with a sheet, and where in it: `week.mon`. */
export interface Fault {
  code: string;
  where: string;
}

/** What stands where a template says `{name}` and so on; empty when it is not known. */
export interface Fills {
  name: string;
  unit: string;
  clinician: string;
  phone: string;
  emergency: string;
  advice: string;
}

/** `person:find`: whose number this is. The number is in a body and nowhere else; the audit keeps its digest. */
export interface FindPerson {
  number: string;
}

/** `register:find`: the registration of whose number this is; the audit keeps the number's digest. */
export interface FindRegistration {
  number: string;
}

/** `booking:free`: times one may book, of at most sixty days. */
export interface FindTimes {
  since: string;
  until: string;
  unit_id?: string;
  for_person?: string;
}

/** A concept read in one entry's text; `start` and `end` are code points of that text. */
export interface Finding {
  entry: number;
  start: number;
  end: number;
  concept: string;
  label: string;
  state: "has" | "has_not" | "other_person" | "past" | "unsure";
  severity: number | null;
  duration_h: number | null;
}

/** `board:follow`: rows of a unit changed after board number `after`, and from then on as they change. */
export interface FollowBoard {
  unit_id: string;
  after?: number;
}

/** `contact:follow`: get everything after `after` (in one's own numbering) and from then on as it happens. */
export interface FollowContact {
  contact_id: string;
  after?: number;
}

/** In a contact: what was measured at home and is beyond a limit, or did not come; the most urgent first. */
export interface FollowUpAlarm {
  kind: "follow_up_alarm";
  record_id: string;
  programme: Record<string, string>;
  lang: string;
  zone: "green" | "red" | "yellow";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  grounds: Array<AlarmGround>;
  keys: Array<string>;
}

/** Answer to `followup:list` and `followup:seen`. */
export interface FollowUpList {
  rows: Array<FollowUpRow>;
}

/** What was measured at home, or was not, opens a contact. */
export interface FollowUpOpened {
  kind: "follow_up_opened";
  programme: Record<string, string>;
  lang: string;
  age_y: number | null;
  age_m: number | null;
  sex: "f" | "m" | null;
}

/** One patient. */
export interface FollowUpRow {
  record_id: string;
  person_id: string;
  name: string;
  programme: Record<string, string>;
  zone: "green" | "red" | "yellow" | null;
  planned: boolean;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
  missing: Array<"dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight">;
  unread: boolean;
  read_no: number;
  paused: boolean;
  contact_id: string;
  review_on: string;
  waits_for_signature: boolean;
}

/** Answer to calls on one follow-up. */
export interface FollowUpView {
  row: FollowUpRow;
  programme: string;
  goals: string;
  owners: Array<Owner>;
  plan: PlanShown | null;
  proposed: PlanShown | null;
  curves: Array<Curve>;
  alarms: Array<number>;
}

/** Answer to `contact:follow`. */
export interface Following {
  entries: Array<EntryView>;
  summary: ContactSummary;
}

/** `register:foresee`: what would follow from a change; nothing is changed. */
export interface ForeseeChange {
  change: PersonChange;
  number?: string;
}

/** `directory:foresee`: what would be said of a change; nothing is changed. */
export interface ForeseeSheet {
  asked: SheetChange;
}

/** What follows from a change. */
export interface Foreseen {
  second: boolean;
  contacts: number;
  differs: Array<string>;
  protects: boolean;
  proxies: number;
  hindrance: "address" | "ended" | "no_rule" | "protected" | "proxy_too_young" | "too_old" | "too_young" | null;
  until: string;
}

/** Staff send the patient a form: the very version that is to be answered, whole. */
export interface FormAssigned {
  kind: "form_assigned";
  assignment_id: string;
  form: Questionnaire;
}

/** One question with its answer, as the patient had them before them. */
export interface FormLine {
  link_id: string;
  question: string;
  answer: string;
}

/** Answer to `form:list`. */
export interface FormList {
  forms: Array<FormRow>;
}

/** A form was sent to the patient, or answered by them. */
export interface FormNews {
  kind: "form_news";
  what: "answered" | "sent";
  title: Record<string, string>;
}

/** One form. */
export interface FormRow {
  form_id: string;
  version: string;
  title: Record<string, string>;
  description: Record<string, string>;
  origin: string;
  review: "confirmed" | "unconfirmed";
  questions: number;
}

/** What the patient has answered so far. Staff see answers once they are sent; triage what it carries at once. */
export interface FormSaved {
  kind: "form_saved";
  assignment_id: string;
  answers: Record<string, Array<boolean | number | number | string | Coding | Quantity>>;
  carried: Array<string>;
}

/** The patient sends a form: once. */
export interface FormSubmitted {
  kind: "form_submitted";
  assignment_id: string;
  title: Record<string, string>;
  version: string;
  lang: string;
  answers: Record<string, Array<boolean | number | number | string | Coding | Quantity>>;
  lines: Array<FormLine>;
  scores: Array<Scored>;
  carried: Array<string>;
  written: string;
}

/** Staff take a form back that nobody has sent. */
export interface FormWithdrawn {
  kind: "form_withdrawn";
  assignment_id: string;
}

/** A contact of the person that one may open. */
export interface FoundContact {
  contact_id: string;
  unit: string;
  opened_at: string;
  status: "closed" | "held" | "waiting";
}

/** A page of them. */
export interface FoundLooks {
  looks: Array<AuditedLook>;
  next: string;
}

/** The least that tells whether it is the right person. */
export interface FoundPerson {
  person_id: string;
  name: string;
  age_y: number;
  unit: string;
  protection: "fingerade_uppgifter" | "kode_19" | "kode_6" | "kode_7" | "sekretessmarkering" | "skyddad_folkbokforing" | null;
  contacts: Array<FoundContact>;
}

/** Nobody, when nobody has the number, and as well when one's legal care giver has nothing to do with them. */
export interface FoundPersons {
  persons: Array<FoundPerson>;
}

/** None when nobody has the number, and as well when one's own legal care givers have nothing to do with them. */
export interface FoundRegistrations {
  registrations: Array<Registration>;
}

/** A time somebody may book. */
export interface FreeTime {
  schedule_id: string;
  type: "on_site" | "phone" | "video";
  starts_at: string;
  ends_at: string;
  left: number;
  capacity: number;
  clinician: string;
}

/** Answer to `booking:free`, in order. */
export interface FreeTimes {
  unit_id: string;
  unit: string;
  times: Array<FreeTime>;
  zone: string;
  open_until: string;
  move_min: number;
  cancel_min: number;
}

/** Every function of one unit; one that is not named is off. */
export interface FunctionsSheet {
  functions?: Record<string, Decided>;
}

/** `answer:give`: answer one question of the intake. */
export interface GiveAnswer {
  contact_id: string;
  client_id: string;
  question: string;
  value: boolean | number | string;
}

/** `hand_over:give`: give the contact to a colleague who has asked for it. */
export interface GiveCase {
  contact_id: string;
  client_id: string;
  claim_no: number;
  to_staff: string;
}

/** `safety_net:give`: tell the patient what to watch for and what to do then, and ask them to confirm it. */
export interface GiveSafetyNet {
  contact_id: string;
  client_id: string;
  claim_no: number;
  text: string;
  lang?: "en" | "nb" | "sv" | null;
  closes?: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit" | null;
  seen_no?: number | null;
}

/** `booking:give`: staff book for a patient; with `booking_id` they move what was booked. */
export interface GiveTime {
  client_id: string;
  unit_id: string;
  person_id: string;
  schedule_id: string;
  starts_at: string;
  lang: string;
  booking_id?: string;
  phone?: string;
}

/** A question, answered. */
export interface GivenAnswer {
  question: string;
  yes: boolean;
  at: string;
}

/** Answer to `booking:book`, `booking:move` and `booking:give`. */
export interface GivenTime {
  booking_id: string;
  starts_at: string;
  ends_at: string;
}

/** The link was opened with its code, this once, by someone who says this is their name. */
export interface GuestCame {
  kind: "guest_came";
  visit_id: string;
  guest_id: string;
  name: string;
  until_ms: number;
}

/** A clinician invited someone without an account to this one visit. Whose secrets these are is told to nobody. */
export interface GuestInvited {
  kind: "guest_invited";
  visit_id: string;
  guest_id: string;
  participant: string;
  name: string;
  role: "consultant" | "interpreter" | "relative";
  lang: string;
  until_ms: number;
  link: string;
  code: string;
}

/** Answer to `guest:invite`, told this once. */
export interface GuestSecrets {
  guest_id: string;
  token: string;
  link_sent: boolean;
  code: string;
  until: string;
}

/** A guest, come or not, is let in no more. */
export interface GuestWithdrawn {
  kind: "guest_withdrawn";
  visit_id: string;
  guest_id: string;
  name: string;
  why: "protected" | "staff" | "time";
}

/** Answer to `guidance:show`. */
export interface Guidance {
  closing: Array<ClosingRule>;
  emergency_call: Array<CallStep>;
  failed_contact: Array<FailedContact>;
}

/** `queue:hand_back`: give the contact back to its old place in the queue. */
export interface HandBack {
  contact_id: string;
  client_id: string;
  claim_no: number;
  reason: string;
}

/** Who was offered the contact does not take it. Who offered it holds it still. */
export interface HandOverDeclined {
  kind: "hand_over_declined";
  offer_id: string;
  reason: string;
}

/** Who holds the contact offers it, to a colleague or to a unit. They hold it until somebody accepts. */
export interface HandOverOffered {
  kind: "hand_over_offered";
  offer_id: string;
  to_unit: string;
  unit_name: string;
  to_staff: string | null;
  to_name: string;
  to_role: string;
  warm: boolean;
  situation: string;
  background: string;
  assessment: string;
  recommendation: string;
  claim_no: number;
}

/** Nobody answered within the unit's time, so it is passed on. */
export interface HandOverUnanswered {
  kind: "hand_over_unanswered";
  what: "offer" | "request";
  id: string;
  to: "lead" | "queue" | "unit";
  after_min: number;
}

/** Who offered the contact keeps it. */
export interface HandOverWithdrawn {
  kind: "hand_over_withdrawn";
  offer_id: string;
}

/** The nurse gives the contact back: it waits again at its old place. */
export interface HandedBack {
  kind: "handed_back";
  reason: string;
  claim_no: number;
}

/** Somebody else holds the contact from now on: they accepted an offer, or were given what they had asked for. */
export interface HandedOver {
  kind: "handed_over";
  offer_id: string;
  staff_id: string;
  name: string;
  role: string;
  unit_id: string;
  unit_name: string;
  moved: boolean;
  claim_no: number;
}

/** Event `heads`, every 5 s, read from the database: the newest number of everything this socket follows. */
export interface Heads {
  at: string;
  contacts: Record<string, number>;
  boards: Record<string, number>;
}

/** `GET /healthz`: the process answers. Says nothing of its stores: a restart would not bring them back. */
export interface Healthy {
  version: string;
}

/** That somebody has, or had, a number of this kind. */
export interface HeldNumber {
  kind: "d_nummer" | "fodselsnummer" | "personnummer" | "reservnummer" | "samordningsnummer";
  since: string;
  until: string;
}

/** What is told beside a question to who wants to know more. In FHIR an item of its own. */
export interface Help {
  link_id: string;
  text: Record<string, string>;
}

/** `visit:here`: this page of one's own is in the visit. One's other pages hear it, and let go of theirs. */
export interface HereInVisit {
  contact_id: string;
  visit_id: string;
  page_id: string;
  resumes?: boolean;
}

/** Who holds a contact. */
export interface Holder {
  id: string;
  name: string;
}

/** One entry of RTCConfiguration.iceServers. */
export interface IceServer {
  urls: Array<string>;
  username: string;
  credential: string;
}

/** `visit:identify`: say how one knows who somebody in the lobby or the visit is. */
export interface IdentifyParticipant {
  contact_id: string;
  visit_id: string;
  participant: string;
  how: "document" | "e_id" | "known" | "not_sure" | "questions";
}

/** Answer to `visit:start` and `visit:enter`. */
export interface InVisit {
  visit_id: string;
  participant: string;
  place: "aside" | "in" | "lobby";
  ice_servers: Array<IceServer>;
  relay_only: boolean;
  captions: boolean;
}

/** `followup:include`: begin to follow a patient of one's own legal care giver. */
export interface IncludePatient {
  client_id: string;
  unit_id: string;
  person_id: string;
  programme: string;
  referred_by: "centre" | "gp" | "home_care" | "hospital" | "patient";
  criteria: Array<Checked>;
  consent: "spoken" | "written";
  consent_on: string;
  goals: string;
  owners: Array<Owner>;
  told_in: "en" | "nb" | "sv";
}

/** Answer to `agreement:invite`. */
export interface InvitationMade {
  sent: boolean;
  code: string;
  until: string;
}

/** `guest:invite`: a clinician invites someone to the visit they are in. Never sent twice: secrets are told once. */
export interface InviteGuest {
  contact_id: string;
  client_id: string;
  visit_id: string;
  name: string;
  role: "consultant" | "interpreter" | "relative";
  lang?: string;
  link_to?: string;
  code_to?: string;
  told_in?: "en" | "nb" | "sv";
}

/** `agreement:invite`: a patient of one's own legal care giver, to services that are on for who was invited. */
export interface InvitePatient {
  client_id: string;
  unit_id: string;
  person_id: string;
  functions: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  told_in: "en" | "nb" | "sv";
  to?: string;
}

/** Someone invited by a link, come or not; told to staff. */
export interface InvitedGuest {
  guest_id: string;
  participant: string;
  name: string;
  role: "consultant" | "interpreter" | "relative";
  lang: string;
  until: string;
  came: boolean;
}

/** One question, a group of them, or a text to read. */
export interface Item {
  link_id: string;
  type: "boolean" | "choice" | "date" | "decimal" | "display" | "group" | "integer" | "open-choice" | "quantity" | "string" | "text";
  text: Record<string, string>;
  prefix: Record<string, string>;
  help: Help | null;
  code: Array<Coding>;
  definition: string;
  required: boolean;
  repeats: boolean;
  read_only: boolean;
  enable_when: Array<Condition>;
  enable_behavior: "all" | "any";
  options: Array<Option>;
  initial: Array<boolean | number | number | string | Coding | Quantity>;
  minimum: boolean | number | number | string | Coding | Quantity | null;
  maximum: boolean | number | number | string | Coding | Quantity | null;
  min_length: number | null;
  max_length: number | null;
  min_occurs: number | null;
  max_occurs: number | null;
  max_decimals: number | null;
  units: Array<Coding>;
  items: Array<Item>;
  foreign: Record<string, string>;
}

/** `relay:join`: come to the relay of a visit one is in. Its offer follows as the event `relay_offer`. */
export interface JoinRelay {
  contact_id: string;
  visit_id: string;
  session: string;
}

/** `check:judge`: what one makes of a look that was drawn; it goes into the audit, and a later one counts. */
export interface JudgeLook {
  client_id: string;
  check_id: string;
  item: number;
  verdict: "ask_manager" | "in_order" | "not_in_order";
  reason?: string;
}

/** What an auditor judged. */
export interface JudgedLook {
  verdict: "ask_manager" | "in_order" | "not_in_order";
  reason: string;
  at: string;
  by: string;
}

/** One level's, in minutes after the promised time. */
export interface LateLevel {
  lead_after_min: number;
  next_unit_after_min: number;
}

/** The steps of each level. */
export interface LateSheet {
  levels: Record<string, LateLevel>;
  stands_in?: string;
}

/** Answer to `lead:show`. */
export interface LeadView {
  unit_id: string;
  unit: string;
  at: string;
  manned: boolean;
  levels: Array<LevelNow>;
  nurses: Array<NurseNow>;
  at_once: number;
  surge: SurgeNow | null;
  surge_extra: number;
  surge_longest_min: number;
  outage: OutageNow | null;
  outage_longest_min: number;
  hours: Array<ComingHour>;
  promises: Array<PromisesKept>;
}

/** Event `leases`: what is held by someone without a line, and when each goes back to its old place in the queue. */
export interface Leases {
  unit_id: string;
  ends: Record<string, string>;
}

/** `contact:leave`: hear no more of it on this socket. */
export interface LeaveContact {
  contact_id: string;
}

/** `visit:leave`: hang up; the visit goes on for the others. */
export interface LeaveVisit {
  contact_id: string;
  visit_id: string;
}

/** Of a contact that began as a letter: its subject, and how it stands. */
export interface LetterNow {
  title: string;
  turned: boolean;
  answer_by: string | null;
}

/** Whoever holds a letter goes on in another way, in the same contact: from now on it counts as a chat. */
export interface LetterTurned {
  kind: "letter_turned";
  into: "chat" | "video";
  claim_no: number;
}

/** The contact begins as a letter, with its subject; the text is the message that follows. */
export interface LetterWritten {
  kind: "letter_written";
  title: string;
  lang: string;
}

/** The open contacts of one level. */
export interface LevelNow {
  level: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  waiting: number;
  held: number;
  over: number;
  oldest_at: string | null;
  target_min: number;
}

/** One level's times in minutes. The order of the steps is the order of the fields. */
export interface LevelTimes {
  still_waiting_after_min: Array<number>;
  unanswered_call_after_min: number;
  question_after_min?: number;
  confirm_after_min?: number;
  told_after_min: number;
  reminded_after_min: Array<number>;
  call_after_min: number | null;
  safety_net_after_min: number;
  close_after_min: number;
  attempts: number;
  attempts_within_min: number;
  reopen_within_min: number;
}

/** A limit, with each bound it has. */
export interface LimitShown {
  limit: string;
  zone: "green" | "red" | "yellow";
  reason: Record<string, string>;
  bounds: Array<string>;
}

/** `access:mine`: who may see what is known of the patient, or of somebody they represent. */
export interface ListAccess {
  for_person?: string;
}

/** `agreement:list`: what the unit may invite to, and whom it has invited, the newest change first. */
export interface ListAgreements {
  unit_id: string;
  person_id?: string;
}

/** `check:list`: every spot check of one's own legal care givers, the newest first. */
export interface ListChecks {
}

/** `colleague:list`: who may be asked at a unit. */
export interface ListColleagues {
  unit_id: string;
}

/** `concept:list`: what the clinical content knows, by name. */
export interface ListConcepts {
  lang: "en" | "nb" | "sv";
}

/** `content:list`: the sets that were proposed, the newest first, and the one this node judges by. */
export interface ListContentSets {
}

/** `directory:list`: the care givers one administers, their units, and who works there. */
export interface ListDirectory {
}

/** `access:list`: what lies behind the doors that are open to one now. */
export interface ListDoors {
}

/** `duty:list`: who is on duty at a unit. */
export interface ListDuty {
  unit_id: string;
}

/** `contact:earlier`: the other contacts of whom this one is about, as far as one may enter them. */
export interface ListEarlier {
  contact_id: string;
}

/** `followup:list`: who is followed by the unit, the most urgent first. */
export interface ListFollowUps {
  unit_id: string;
}

/** `form:list`: which forms there are to send. */
export interface ListForms {
}

/** `looks:list`: who has read or changed what concerns the patient, or somebody they stand for; newest first. */
export interface ListLooks {
  for_person?: string;
  page?: string;
}

/** `hand_over:list`: what is offered to oneself, or to anyone, at a unit. */
export interface ListOffers {
  unit_id: string;
}

/** `register:list`: what waits to be done at one's own legal care givers. */
export interface ListRegistrations {
}

/** `review:list`: what there is to review at a unit, or with `done` what was; the newest first. No one's words. */
export interface ListReviews {
  unit_id: string;
  lang: "en" | "nb" | "sv";
  done?: boolean;
}

/** `schedule:list`: the unit's schedules that are in force. */
export interface ListSchedules {
  unit_id: string;
}

/** `access:shares`: with whom the contact's unit answers for its person together, and with whom it could. */
export interface ListShares {
  contact_id: string;
}

/** `hand_over:takers`: who could take over a contact of a unit. */
export interface ListTakers {
  unit_id: string;
}

/** `template:list`: one's own templates and those of the contact's unit, with what fills their places. */
export interface ListTemplates {
  contact_id: string;
}

/** One way to sign in: the browser goes to `/login/{id}`. */
export interface LoginProvider {
  id: string;
  name: Record<string, string>;
  people: "patient" | "staff";
}

/** One time somebody did. Staff are told by role and unit, protected staff by role alone. */
export interface Look {
  at: string;
  does: "change" | "look";
  who: "representative" | "self" | "staff";
  role: string;
  unit: string;
  provider: string;
  purpose: "administration" | "care" | "emergency" | "own" | "search";
  contact_id: string;
}

/** In a contact: staff from elsewhere opened it in an emergency. The patient and who cares for them are told. */
export interface LookedIn {
  kind: "looked_in";
  at_unit_id: string;
}

/** A page of them. */
export interface Looks {
  looks: Array<Look>;
  next: string;
}

/** `board:earlier`: which of these cards of a unit's board are about somebody with other contacts one may enter. */
export interface MarkEarlier {
  unit_id: string;
  contact_ids: Array<string>;
}

/** `read:mark`: everything up to entry `up_to` (one's own numbering) has been on a visible screen. */
export interface MarkRead {
  contact_id: string;
  up_to: number;
}

/** `reading:mark`: words of the patient were read wrongly. It changes no level; reviewers of the unit see it. */
export interface MarkReading {
  contact_id: string;
  client_id: string;
  entry: number;
  start: number;
  end: number;
  meant?: string;
  meant_as?: "has" | "has_not" | "other_person" | "past" | "unsure";
  comment?: string;
}

/** The person signed in. */
export interface Me {
  id: string;
  kind: "guest" | "patient" | "staff";
  name: string;
  age_y: number | null;
  sex: "f" | "m" | null;
  roles: Array<UnitRole>;
  represents: Array<RepresentedPerson>;
  lease_s: number;
  demo: boolean;
}

/** One concept, and what is said of it about the patient. */
export interface Meaning {
  concept: string;
  state: "has" | "has_not" | "other_person" | "past" | "unsure";
}

/** Something that is measured. */
export interface MeasureTask {
  measure: "dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight";
  units: Array<"%" | "/min" | "kg" | "lb" | "mg/dL" | "min" | "mmHg" | "mmol/L" | "points" | "\u00b0C" | "\u00b0F">;
  how: Record<string, string>;
  due: boolean;
  again: boolean;
  trend: Array<TrendPoint>;
}

/** How somebody's sound and picture came in the worst of the last seconds, by `getStats` of who received them. */
export interface Measured {
  round_trip_ms: number;
  loss_pct: number;
  jitter_ms: number;
  kbit_s: number;
  frames_s: number;
}

/** Somebody who turned out to be the person. */
export interface MergedPerson {
  person_id: string;
  name: string;
}

/** A text from one of the people in the contact. */
export interface Message {
  kind: "message";
  text: string;
  lang: string | null;
  asked: string | null;
}

/** Staff mark words of the patient that were read wrongly. It changes no level. The patient never sees it. */
export interface Misread {
  kind: "misread";
  entry: number;
  start: number;
  end: number;
  read_as: Array<Meaning>;
  meant: Meaning | null;
  reason: string;
}

/** `booking:move`: another time in place of the one there was. One is reminded as before. */
export interface MoveBooking {
  client_id: string;
  booking_id: string;
  schedule_id: string;
  starts_at: string;
  lang: string;
  for_person?: string;
  phone?: string;
}

/** `visit:send_back`, `visit:set_aside`, `visit:bring_back`, `visit:remove`: by staff who are in the visit. */
export interface MoveParticipant {
  contact_id: string;
  visit_id: string;
  participant: string;
}

/** A rule that holds with one of the two sets only, and where its contacts would go. */
export interface MovedByRule {
  rule: string;
  up: number;
  down: number;
  same: number;
}

/** One contact it judges otherwise. Whether one may see it, its own gate says. */
export interface MovedContact {
  contact_id: string;
  before: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  after: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  assessed: boolean;
  fires: Array<string>;
  rests: Array<string>;
}

/** How many contacts it would put from one level to another. */
export interface MovedLevel {
  before: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  after: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  contacts: number;
}

/** `visit:mute`: a clinician turns somebody's microphone off. Only they themselves turn it on again. */
export interface MuteParticipant {
  contact_id: string;
  visit_id: string;
  participant: string;
}

/** Event `muted`: a clinician has turned one's own microphone off. */
export interface Muted {
  visit_id: string;
}

/** What whoever takes the contact must be able to do is other than before; it waits where it waited. */
export interface NeedsSet {
  kind: "needs_set";
  needs: Array<string>;
  steps: Array<RouteStep>;
  again: boolean;
}

/** `booking:came`: whether they came; it also puts right what was noted by itself. */
export interface NoteComing {
  client_id: string;
  unit_id: string;
  booking_id: string;
  came: boolean;
}

/** Answer to `note:draft`: made by rule from the entries up to `head`. */
export interface NoteDraft {
  head: number;
  sentences: Array<NoteSentence>;
}

/** `visit:quality`: another's picture was not enough to judge by it for ten seconds, or is enough again. */
export interface NoteQuality {
  contact_id: string;
  visit_id: string;
  of: string;
  enough: boolean;
  measured: Measured;
}

/** One sentence of a note in four parts (SBAR), with what it rests on. */
export interface NoteSentence {
  part: "assessment" | "background" | "recommendation" | "situation";
  text: string;
  nos?: Array<number>;
}

/** A private note between colleagues. The patient never sees it, nor that it exists. */
export interface Noted {
  kind: "noted";
  text: string;
  sentences: Array<NoteSentence>;
}

/** The patient chose how to be told of news while the page is closed; `none` takes the consent back. */
export interface NoticeChosen {
  kind: "notice_chosen";
  channel: "email" | "none" | "push" | "sms";
  address: string;
  push: Subscription | null;
}

/** Somebody without a number. */
export interface Numberless {
  person_id: string;
  name: string;
  born_on: string;
  unit: string;
  temporary: "" | "newborn" | "unknown";
}

/** One member of staff who is on duty, pauses, or holds contacts of the unit. */
export interface NurseNow {
  staff_id: string;
  name: string;
  standing: "finishing" | "off" | "on" | "paused";
  reached: boolean;
  held: number;
  load: number;
  immediate: boolean;
}

/** `hand_over:offer`: offer the contact one holds, with SBAR. One holds it until somebody accepts. */
export interface OfferHandOver {
  contact_id: string;
  client_id: string;
  claim_no: number;
  unit_id?: string;
  to_staff?: string | null;
  warm?: boolean;
  situation: string;
  background: string;
  assessment: string;
  recommendation: string;
  seen_no?: number | null;
}

/** Answer to `hand_over:list`, the oldest first. */
export interface OfferList {
  unit_id: string;
  offers: Array<OfferView>;
}

/** One contact that is offered: what is needed to answer, and no more of it until one has accepted. */
export interface OfferView {
  offer_id: string;
  contact_id: string;
  unit_id: string;
  from_name: string;
  from_unit: string;
  to_me: boolean;
  warm: boolean;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  age_y: number | null;
  age_m: number | null;
  offered_at: string;
  answer_by: string | null;
  situation: string;
  background: string;
  assessment: string;
  recommendation: string;
}

/** A clinician's schedule at the unit. Days as 2026-11-28. */
export interface OfferedTimes {
  clinician_id: string;
  type: "on_site" | "phone" | "video";
  length_min: number;
  windows: Array<WeeklyTime>;
  from_day: string;
  until_day: string;
  pause_min?: number;
  capacity?: number;
  absences?: Array<AwayDays>;
  extras?: Array<ExtraTime>;
  staff_only?: boolean;
}

/** Event `offers`: what is offered at a unit has changed; `hand_over:list` has it. */
export interface OffersChanged {
  unit_id: string;
}

/** Somebody very urgent waits where nobody is on duty, so whoever is on call is told. */
export interface OnCallAlerted {
  kind: "on_call_alerted";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  told: boolean;
  claim_no: number;
}

/** How one unit's on-call is reached: by one of these, or both. */
export interface OnCallReach {
  webhook?: string;
  sms?: string;
  outside_hours?: "close" | "take";
}

/** `contact:open`: seek care. Sent again with the same `client_id` it opens nothing new. */
export interface OpenContact {
  client_id: string;
  unit_id?: string | null;
  service?: string | null;
  speaks?: string | null;
  subject: "child" | "other" | "self";
  for_person?: string | null;
  age_y?: number | null;
  age_m?: number | null;
  sex?: "f" | "m" | null;
  lang: "en" | "nb" | "sv";
  screen?: Array<string>;
  text?: string;
  title?: string | null;
}

/** `access:open`: see what others know of a person, on a basis and with a reason; recorded and told. */
export interface OpenDoor {
  client_id: string;
  person_id?: string;
  number?: string;
  contact_id?: string;
  unit_id: string;
  basis: "care" | "consent" | "emergency";
  reason: string;
}

/** `POST /api/guest`: open a link with its code, once, and say who one is. */
export interface OpenGuestLink {
  token: string;
  code: string;
  name: string;
}

/** A contact begins: whom it is about and what the emergency screen said. */
export interface Opened {
  kind: "opened";
  subject: "child" | "other" | "self";
  about: string;
  age_y: number | null;
  age_m: number | null;
  sex: "f" | "m" | null;
  lang: string;
  screen: Array<string>;
  booking_id: string;
  begins_ms: number;
}

/** Opening hours as a unit writes them: texts such as `08:00-12:00`, `24:00` being the day's end. */
export interface Opening {
  zone: string;
  week: Record<string, Array<string>>;
  days?: Record<string, Array<string>>;
  eves?: Record<string, Array<string>>;
  closed?: Array<Closing>;
  holidays?: Array<string> | null;
}

/** One answer to choose. */
export interface Option {
  value: number | string | Coding;
  words: Record<string, string>;
  initial: boolean;
  exclusive: boolean;
  score: number | number | null;
}

/** A unit one could agree with. */
export interface OtherUnit {
  unit_id: string;
  unit: string;
  provider: string;
}

/** The text everybody who comes is shown, while it is. */
export interface OutageNow {
  since: string;
  until: string;
  name: string;
  texts: Record<string, string>;
}

/** A key for the browser's outbox: kept in memory only, given again to the same person after any sign-in. */
export interface OutboxKey {
  key_id: string;
  key: string;
}

/** Who may see what is known of the patient. */
export interface OwnAccess {
  units: Array<UnitKnows>;
  providers: Array<ProviderKnows>;
  staff: Array<StaffKnows>;
  doors: Array<DoorToMine>;
  may_block: boolean;
}

/** What one unit has invited one to. */
export interface OwnAgreement {
  agreement_id: string;
  unit_id: string;
  unit: string;
  phone: string;
  services: Array<AgreedService>;
  until: string;
  open: boolean;
}

/** Answer to `agreement:mine` and to whatever changes it. */
export interface OwnAgreements {
  agreements: Array<OwnAgreement>;
}

/** One time that is booked. */
export interface OwnBooking {
  booking_id: string;
  unit_id: string;
  unit: string;
  type: "on_site" | "phone" | "video";
  starts_at: string;
  ends_at: string;
  status: "attended" | "booked" | "missed";
  may_move: boolean;
  may_cancel: boolean;
  move_until: string;
  cancel_until: string;
  zone: string;
  clinician: string;
  unit_phone: string;
  phone: string;
  opens_at: string;
  contact_id: string;
}

/** Answer to `booking:mine` and to whatever changes it; what is to come, in order. */
export interface OwnBookings {
  bookings: Array<OwnBooking>;
  offers: Array<OwnOffer>;
  wishes: Array<OwnWish>;
}

/** One of the patient's contacts, in the list. */
export interface OwnContact {
  contact_id: string;
  unit: string;
  status: "closed" | "held" | "waiting";
  opened_at: string;
  about: string;
  turn: "patient" | "staff";
  letter: LetterNow | null;
}

/** One's own follow-up at one unit. */
export interface OwnFollowUp {
  record_id: string;
  unit_id: string;
  unit: string;
  programme: Record<string, string>;
  goals: string;
  zone: "green" | "red" | "yellow" | null;
  planned: boolean;
  notice: Record<string, string>;
  advice: Record<string, string>;
  contact: Record<string, string>;
  tasks: Array<MeasureTask>;
  questions: Array<AskedQuestion>;
  paused: boolean;
  seen_at: string | null;
  seen_role: string;
  seen_as_usual: boolean;
  unwatched: Record<string, string>;
  opens_at: string | null;
}

/** Answer to `followup:mine` and `followup:tell`. */
export interface OwnFollowUps {
  follow_ups: Array<OwnFollowUp>;
}

/** A time that became free and is kept for one; `booking:book` takes it. */
export interface OwnOffer {
  seat_id: string;
  schedule_id: string;
  unit: string;
  type: "on_site" | "phone" | "video";
  starts_at: string;
  ends_at: string;
  until: string;
  zone: string;
  clinician: string;
}

/** One of one's own sessions. */
export interface OwnSession {
  session_id: string;
  device: string;
  provider: string;
  since: string;
  seen: string;
  this: boolean;
}

/** What one waits for. */
export interface OwnWish {
  wish_id: string;
  unit: string;
  types: Array<"on_site" | "phone" | "video">;
  since: string;
  until: string;
  zone: string;
}

/** Who answers for one party's steps. */
export interface Owner {
  party: "centre" | "gp" | "home_care" | "hospital" | "patient";
  name: string;
}

/** Event `page_here`: another page of one's own says that it is in the visit, or this one's own word comes back. */
export interface PageHere {
  visit_id: string;
  page_id: string;
  said_ms: number;
  resumes: boolean;
}

/** A question that counts in a sum, so many times. */
export interface Part {
  question: string;
  weight: number | number;
}

/** What the patient wrote in one entry, and which words of it were marked. */
export interface PatientText {
  no: number;
  text: string;
  start: number;
  end: number;
}

/** `followup:pause`: expect nothing until then; empty: until it is resumed. With `resume` every pause is over. */
export interface PauseFollowUp {
  client_id: string;
  unit_id: string;
  record_id: string;
  because: "holiday" | "in_hospital" | "other";
  until?: string;
  resume?: boolean;
}

/** What is to be changed of who a person is. */
export interface PersonChange {
  kind: "end_number" | "end_proxy" | "lift" | "merge" | "number" | "part" | "protect" | "proxy";
  person_id: string;
  other_id?: string;
  protection?: "fingerade_uppgifter" | "kode_19" | "kode_6" | "kode_7" | "sekretessmarkering" | "skyddad_folkbokforing" | null;
  basis?: "guardian" | "power_of_attorney" | null;
  shares_address?: boolean;
  until?: string;
  wrong?: boolean;
}

/** What a function is from a day on. */
export interface Phase {
  state: "invited" | "off" | "on";
  from_on: string;
  decided_by?: string;
}

/** Their consent to this one picture, or their no. */
export interface PhotoAnswered {
  kind: "photo_answered";
  visit_id: string;
  participant: string;
  name: string;
  yes: boolean;
}

/** Staff ask somebody in the visit whether a picture may be taken with their camera, and kept in the contact. */
export interface PhotoAsked {
  kind: "photo_asked";
  visit_id: string;
  participant: string;
  name: string;
}

/** `followup:plan`: propose a plan; a clinician signs it. */
export interface PlanFollowUp {
  client_id: string;
  unit_id: string;
  record_id: string;
  numbers?: Record<string, Array<string>>;
  baseline?: Record<string, string>;
  review_on: string;
}

/** A version of a plan. */
export interface PlanShown {
  version: number;
  limits: Array<LimitShown>;
  baseline: Record<string, string>;
  review_on: string;
  signed: boolean;
  signed_by: string;
}

/** `message:post`: write in a contact. */
export interface PostMessage {
  contact_id: string;
  client_id: string;
  text: string;
  lang?: "en" | "nb" | "sv" | null;
  asked?: string | null;
  claim_no?: number | null;
  seen_no?: number | null;
}

/** Event `presence`: someone in the contact is there, writes, or has left. The patient hears of its holder only. */
export interface Presence {
  contact_id: string;
  key: string;
  who: Author;
  state: "away" | "here" | "typing";
  greets: boolean;
}

/** Answer to `presence:tell`: the key one's own presence goes by in this contact. */
export interface PresenceKey {
  key: string;
}

/** Answer to `followup:programmes`. */
export interface ProgrammeList {
  programmes: Array<ProgrammeShown>;
}

/** A programme as a plan begins with it. */
export interface ProgrammeShown {
  programme: string;
  name: Record<string, string>;
  target_group: Record<string, string>;
  confirmed: boolean;
  criteria: Array<CriterionShown>;
  parties: Array<"centre" | "gp" | "home_care" | "hospital" | "patient">;
  limits: Array<LimitShown>;
  baselines: Array<"dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight">;
}

/** What one level promises. Minutes run day and night, or in opening time. */
export interface Promised {
  target_min: number;
  grace_min: number;
  round_the_clock: boolean;
}

/** How what patients were promised of their wait came true in the last four weeks, at one level. */
export interface PromisesKept {
  level: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  told: number;
  right: number;
  early: number;
  late: number;
}

/** `register:propose`: change something. What opens anything to anybody waits for another's approval. */
export interface ProposeChange {
  client_id: string;
  change: PersonChange;
  number?: string;
  reason: string;
}

/** `directory:propose`: change a sheet. What can lower safety waits for another's approval. */
export interface ProposeSheet {
  client_id: string;
  asked: SheetChange;
  reason: string;
}

/** A legal care giver of such units. */
export interface ProviderKnows {
  provider_id: string;
  provider: string;
  blocked: boolean;
}

/** A legal care giver. */
export interface ProviderSheet {
  name: string;
  founded_by?: string;
}

/** A number with its unit. */
export interface Quantity {
  type: "quantity";
  value: number | number;
  unit?: string;
  system?: string;
  code?: string;
}

/** A question that would settle the urgency, in the patient's language. */
export interface Question {
  id: string;
  wording: string;
  answer: "bool" | "number" | "text";
  could_be: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
}

/** A whole form in one version. */
export interface Questionnaire {
  id: string;
  url: string;
  version: string;
  name: string;
  language: string;
  title: Record<string, string>;
  description: Record<string, string>;
  status: "active" | "draft" | "retired" | "unknown";
  date: string;
  publisher: string;
  copyright: Record<string, string>;
  code: Array<Coding>;
  items: Array<Item>;
  scores: Array<Score>;
  carries: Array<Carried>;
  origin: string;
  review: "confirmed" | "unconfirmed";
  foreign: Record<string, string>;
}

/** The contact waits at a unit; `steps` say why there. */
export interface Queued {
  kind: "queued";
  unit_id: string;
  reasons: Array<string>;
  steps: Array<RouteStep>;
  needs: Array<string>;
  service: string;
  lang: string;
  again: boolean;
  letter: boolean;
}

/** Where the person is now and which number reaches them. */
export interface Reach {
  kind: "reach";
  place: string;
  phone: string;
  withheld: boolean;
}

/** Someone has had everything up to a message on their screen. */
export interface Read {
  kind: "read";
  up_to_no: number;
  up_to_patient_no: number;
}

/** One concept by name, and what is said of it about the patient. */
export interface ReadAs {
  concept: string;
  label: string;
  state: "has" | "has_not" | "other_person" | "past" | "unsure";
}

/** What a unit has done to be ready. */
export interface ReadinessSheet {
  contact_persons?: Array<string>;
  trained?: Record<string, string>;
  test_visit_on?: string | null;
  safety_signed_on?: string | null;
  drill_on?: string | null;
}

/** `GET /readyz`: send people here. Otherwise the answer is 503 and `not_ready` with the reason. */
export interface Ready {
  roles: Array<string>;
  index: "away" | "ok";
}

/** One fired rule: what it says and the patient's own words it rests on. */
export interface Reason {
  rule: string;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  text: string;
  words: Array<string>;
  at: Array<[number, number, number]>;
  source: Array<string>;
  confirmed: boolean;
}

/** Somebody at the unit whose times may be offered. */
export interface Receiver {
  clinician_id: string;
  name: string;
}

/** `check:redraw`: draw once more with the seed that was recorded, and say whether the same comes out. */
export interface RedrawCheck {
  check_id: string;
}

/** Looks of the check that come out again, and how many there are; fewer only when looks were erased meanwhile. */
export interface Redrawn {
  same: number;
  items: number;
}

/** `hand_over:refuse`: keep the contact, with a reason for who asked. */
export interface RefuseCase {
  contact_id: string;
  client_id: string;
  claim_no: number;
  to_staff: string;
  reason: string;
}

/** `register:newborn`: somebody who has no number yet, with who has the custody of them at the same address. */
export interface RegisterNewborn {
  client_id: string;
  unit_id: string;
  name: string;
  born_on: string;
  sex?: "f" | "m" | null;
  guardian_id?: string;
}

/** A unit somebody may be registered at. */
export interface RegisterUnit {
  unit_id: string;
  unit: string;
}

/** Somebody who stands for the person, or for whom the person does. */
export interface RegisteredProxy {
  person_id: string;
  proxy_id: string;
  name: string;
  basis: "guardian" | "power_of_attorney";
  until: string;
  hindrance: "address" | "ended" | "no_rule" | "protected" | "proxy_too_young" | "too_old" | "too_young" | null;
}

/** A person as the register has them. */
export interface Registration {
  person_id: string;
  name: string;
  born_on: string;
  sex: "f" | "m" | null;
  unit: string;
  temporary: "" | "newborn" | "unknown";
  protection: "fingerade_uppgifter" | "kode_19" | "kode_6" | "kode_7" | "sekretessmarkering" | "skyddad_folkbokforing" | null;
  merged_into: string;
  numbers: Array<HeldNumber>;
  merged: Array<MergedPerson>;
  proxies: Array<RegisteredProxy>;
  changes: Array<ShownChange>;
}

/** Answer to `register:list`. */
export interface Registrations {
  units: Array<RegisterUnit>;
  rules: Array<StandInShown>;
  protections: Array<"fingerade_uppgifter" | "kode_19" | "kode_6" | "kode_7" | "sekretessmarkering" | "skyddad_folkbokforing">;
  numberless: Array<Numberless>;
  waiting: Array<ShownChange>;
}

/** What a set would have said of past contacts, counted: nobody approves what has not been tried. */
export interface Rehearsed {
  against: string;
  cases: number;
  up: number;
  down: number;
}

/** Event `relay_gone`: this connection with the relay is over; the page comes again, unless it was replaced. */
export interface RelayGone {
  visit_id: string;
  session: string;
  replaced: boolean;
}

/** Event `relay_held`: whose pictures are held back now, since one's own line does not carry them. */
export interface RelayHeld {
  visit_id: string;
  participants: Array<string>;
}

/** Event `relay_offer`: the relay alone makes offers, one at a time. */
export interface RelayOffer {
  visit_id: string;
  session: string;
  offer_no: number;
  description: Description;
  tiles: Array<RelayTile>;
}

/** Which media ids of an offer are whose. */
export interface RelayTile {
  participant: string;
  audio: string;
  video: string;
}

/** A step that was taken by itself towards a patient who waits or is silent. A notice follows it. */
export interface Reminded {
  kind: "reminded";
  step: "reminded" | "safety_net" | "still_waiting" | "told";
  since_ms: number;
  after_min: number;
  text: string;
}

/** `contact:reopen`: the patient opens a closed contact again, with what has happened. */
export interface ReopenContact {
  contact_id: string;
  client_id: string;
  text: string;
  lang: "en" | "nb" | "sv";
}

/** The patient opens a closed contact again: it waits anew at its unit, with all that was said and its level. */
export interface Reopened {
  kind: "reopened";
}

/** Somebody a patient may act for now. */
export interface RepresentedPerson {
  person_id: string;
  name: string;
  age_y: number;
  age_m: number;
  sex: "f" | "m" | null;
}

/** `relay:restart`: the network has changed; an offer with new credentials follows (ICE restart). */
export interface RestartRelay {
  contact_id: string;
  visit_id: string;
  session: string;
}

/** Answer to `review:list`. */
export interface ReviewList {
  items: Array<ReviewListed>;
}

/** One thing to review. */
export interface ReviewListed {
  contact_id: string;
  no: number;
  at: string;
  by: Author;
  what: "level" | "words";
  before: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  after: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
  read_as: Array<ReadAs>;
  meant: ReadAs | null;
  rules: Array<string>;
  content_version: string;
  status: "open" | "rewritten" | "set_aside";
  reviewer: string;
  reviewed_at: string;
}

/** `agreement:revoke`: the unit ends services, or takes back what it invited to. */
export interface RevokeAgreement {
  client_id: string;
  unit_id: string;
  agreement_id: string;
  functions: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
}

/** `booking:revoke`: staff cancel; the patient is told. */
export interface RevokeBooking {
  client_id: string;
  unit_id: string;
  booking_id: string;
}

/** `review:rewrite`: say it in a sentence of one's own, which becomes a test. Refused with `too_alike` where it */
export interface RewriteReading {
  contact_id: string;
  client_id: string;
  no: number;
  rewritten: Rewritten;
}

/** A reviewer's sentence, with what it must give. */
export interface Rewritten {
  text: string;
  lang: "en" | "nb" | "sv";
  subject: "child" | "other" | "self";
  age_y?: number | null;
  sex?: "f" | "m" | null;
  with_answers?: boolean;
  urgency?: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
  reads?: Array<ExpectedReading> | null;
}

/** What somebody is, by unit. */
export interface RolesSheet {
  roles?: Record<string, Array<"administrator" | "auditor" | "clinician" | "integrator" | "nurse" | "unit_lead">>;
}

/** What one policy did, and to what. */
export interface RouteStep {
  policy: "chosen" | "competence" | "continuity" | "immediate" | "intake_cap" | "language" | "late" | "nearest" | "opening" | "own" | "registered" | "service" | "widening";
  outcome: "any_unit" | "elsewhere" | "failed" | "free" | "gp" | "hospital" | "met" | "municipality" | "needs" | "nobody" | "over" | "overflow" | "refused" | "same_nurse" | "same_provider" | "stands_in" | "stays" | "takes_no_chat" | "unknown";
  unit_id: string;
  unit_name: string;
  need: string;
}

/** On a board: the contact is offered to somebody. */
export interface RowOffer {
  to: string;
  to_staff: string | null;
  stage: "lead" | "named" | "unit";
  since: string;
}

/** On a board: a colleague has asked for the contact. */
export interface RowRequest {
  staff_id: string;
  name: string;
  role: string;
  since: string;
  passed_on: boolean;
}

/** The patient says that they have read it and understood. */
export interface SafetyNetConfirmed {
  kind: "safety_net_confirmed";
  given_no: number;
  given_patient_no: number;
}

/** A named person tells the patient what to watch for and what to do then, and asks whether they understood. */
export interface SafetyNetGiven {
  kind: "safety_net_given";
  text: string;
  lang: string | null;
  closes: "abandoned" | "admin_info" | "booked_visit" | "called_112_113" | "certificate" | "duplicate" | "inappropriate_conduct" | "no_contact_after_attempts" | "prescription" | "referred_emergency_department" | "referred_other" | "self_care_advice" | "technical" | "video_done" | "wrong_unit" | null;
  claim_no: number;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
}

/** `form:save`: keep what has been answered so far; all of it, not what is new. */
export interface SaveForm {
  contact_id: string;
  client_id: string;
  assignment_id: string;
  answers: Record<string, Array<boolean | number | number | string | Coding | Quantity>>;
}

/** `template:save`: a new template, or a new version of one. A shared one waits for an administrator's approval. */
export interface SaveTemplate {
  client_id: string;
  template_id: string;
  version: number;
  shared_with?: string;
  lang: "en" | "nb" | "sv";
  abbreviation: string;
  title: string;
  text: string;
  review_on?: string;
  removed?: boolean;
}

/** Answer to `template:save`. */
export interface SavedTemplate {
  template: Template;
  waits: boolean;
}

/** `relay:say`: what one's microphone, camera and screen do, to everybody else in the visit. */
export interface SayStates {
  contact_id: string;
  visit_id: string;
  microphone: boolean;
  camera: boolean;
  sharing: boolean;
}

/** Answer to calls on schedules. */
export interface ScheduleList {
  schedules: Array<ShownSchedule>;
  receivers: Array<Receiver>;
  zone: string;
}

/** A sum over answers: options count their score, numbers themselves, a yes one. Our own small form of rule. */
export interface Score {
  id: string;
  title: Record<string, string>;
  parts: Array<Part>;
  bands: Array<Band>;
}

/** A sum as it came out. */
export interface Scored {
  id: string;
  title: Record<string, string>;
  total: number;
  complete: boolean;
  text: Record<string, string>;
}

/** One item of the emergency screen, worded in every language. */
export interface ScreenQuestion {
  id: string;
  wording: Record<string, string>;
}

/** AuditEvents about one person, the newest first. */
export interface SearchAuditEvents {
  patient: string;
  date: string;
  _count: number;
  page: string;
}

/** The lines of a contact, as FHIR has them. */
export interface SearchCommunications {
  encounter: string;
  lang: "en" | "nb" | "sv";
  notes: boolean;
}

/** `audit:search`: looks that an auditor answers for, the newest first. What is empty asks nothing. */
export interface SearchLooks {
  number?: string;
  staff?: string;
  at_unit?: string;
  since?: string;
  until?: string;
  basis?: string;
  stratum?: "colleague" | "door" | "emergency" | "other" | "protected" | "refused" | "self" | "surname" | "";
  page?: string;
}

/** `followup:seen`: somebody has looked at these; each patient is told. What has got newer is left unread. */
export interface SeeFollowUps {
  client_id: string;
  unit_id: string;
  seen: Array<SeenUpTo>;
}

/** One patient's values up to an entry. */
export interface SeenUpTo {
  record_id: string;
  up_to: number;
}

/** `visit:signal`: to one other participant who is in the visit. Answered with `not_connected` if they are not. */
export interface SendSignal {
  contact_id: string;
  visit_id: string;
  to: string;
  description?: Description | null;
  candidate?: Candidate | null;
}

/** `captions:sound`: the next quarter second or so of one's own voice, after a yes. */
export interface SendSound {
  contact_id: string;
  visit_id: string;
  lang: string;
  sound: string;
}

/** Something care can be sought for. */
export interface ServiceChoice {
  id: string;
  name: Record<string, string>;
}

/** `baseline:set`: hold this figure from before, in place of what was held of it. Every version stays in the log. */
export interface SetBaseline {
  unit_id: string;
  client_id: string;
  figure: "abandoned_after" | "abandoned_before" | "came_back" | "emergency" | "in_time" | "lowered" | "no_show" | "raised" | "reply_median" | "reply_p90" | "resolved_digitally" | "use_booking" | "use_chat" | "use_forms" | "use_video";
  was: number | null;
  among?: number | null;
  source: string;
  from_month: string;
  until_month: string;
}

/** `duty:set`: go on duty at a unit, pause (finish what is open, take nothing new), or go off duty. */
export interface SetDuty {
  unit_id: string;
  client_id: string;
  standing: "finishing" | "off" | "on" | "paused";
}

/** `outage:set`: what everybody who comes to the unit is told for so many minutes, or nothing any more. */
export interface SetOutage {
  unit_id: string;
  client_id: string;
  minutes: number;
  texts?: Record<string, string>;
}

/** `reach:set`: where the person is and which number reaches them. */
export interface SetReach {
  contact_id: string;
  client_id: string;
  place: string;
  phone: string;
}

/** `review:set_aside`: there is nothing to learn in it. */
export interface SetReadingAside {
  contact_id: string;
  client_id: string;
  no: number;
  why: "known_already" | "not_of_reading" | "read_rightly";
}

/** `schedule:set`: publish one, or put this in place of one. Refused with `schedule_invalid` and its faults. */
export interface SetSchedule {
  client_id: string;
  unit_id: string;
  schedule: OfferedTimes;
  schedule_id?: string;
}

/** `surge:set`: surge mode on for so many minutes, or off. It ends by itself. */
export interface SetSurge {
  unit_id: string;
  client_id: string;
  minutes: number;
  reason?: string;
}

/** `urgency:set`: a nurse sets the level with a reason. */
export interface SetUrgency {
  contact_id: string;
  client_id: string;
  claim_no: number;
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  reason: string;
  seen_no?: number | null;
}

/** Answer to `content:shadow`: each contact by its newest assessment. */
export interface Shadowed {
  contacts: number;
  up: number;
  down: number;
  other_reasons: number;
  levels: Array<MovedLevel>;
  rules: Array<MovedByRule>;
  moved: Array<MovedContact>;
}

/** `access:share`: answer for the contact's person together with another unit. */
export interface ShareContact {
  client_id: string;
  contact_id: string;
  with_unit_id: string;
  until: string;
  reason: string;
}

/** The agreement was made. */
export interface Shared {
  door_id: string;
}

/** A text as it stands now, and who answers for it. */
export interface SharedTemplate {
  version?: number;
  owner_id?: string;
  owner_name?: string;
  lang: "en" | "nb" | "sv";
  abbreviation: string;
  title: string;
  text: string;
  review_on: string;
}

/** An agreement that opens what the contact's unit knows of its person. */
export interface SharedWith {
  door_id: string;
  unit: string;
  until: string;
}

/** Answer to `access:shares`; the agreements that end last first, the units by name. */
export interface Shares {
  agreements: Array<SharedWith>;
  units: Array<OtherUnit>;
}

/** What a sheet is to be. */
export interface SheetChange {
  of: "provider" | "staff" | "unit";
  of_id?: string;
  sheet: string;
  value: SheetValues;
  base?: number;
}

/** One proposal, and what became of it. */
export interface SheetEvent {
  no: number;
  at: string;
  by: string;
  value: SheetValues;
  lowers: Array<string>;
  reason: string;
  status: string;
  settled_by: string;
  settled_at: string;
  settled_reason: string;
}

/** Answer to `directory:foresee`. */
export interface SheetForeseen {
  faults: Array<Fault>;
  lowers: Array<string>;
}

/** Answer to `directory:history`: the newest first. */
export interface SheetHistory {
  events: Array<SheetEvent>;
}

/** One sheet as it is in force. */
export interface SheetShown {
  sheet: string;
  value: SheetValues;
  own: boolean;
  base: number;
  since: string;
  proposed_by: string;
  approved_by: string;
  reason: string;
}

/** What is on a sheet, under its name; all empty: nothing, or the standard. */
export interface SheetValues {
  provider?: ProviderSheet | null;
  unit?: UnitSheet | null;
  hours?: Opening | null;
  targets?: TargetsSheet | null;
  capacity?: CapacitySheet | null;
  routing?: UnitRouting | null;
  late?: LateSheet | null;
  hand_over?: Answering | null;
  silence?: SilenceSheet | null;
  on_call?: OnCallReach | null;
  visits?: VisitSheet | null;
  templates?: TemplatesSheet | null;
  readiness?: ReadinessSheet | null;
  functions?: FunctionsSheet | null;
  staff?: StaffSheet | null;
  roles?: RolesSheet | null;
  ways?: WaysSheet | null;
}

/** What the page knows before any call, baked into its HTML so that it is there with no server. */
export interface Shell {
  country: "no" | "se";
  numbers: EmergencyNumbers;
  screen_adult: Array<ScreenQuestion>;
  screen_child: Array<ScreenQuestion>;
  demo: boolean;
  version: string;
  notice_channels: Array<"email" | "none" | "push" | "sms">;
  push_key: string;
}

/** `benefits:show`: a unit's figures, month by month, or by the phases of one function. */
export interface ShowBenefits {
  unit_id: string;
  from_month?: string;
  until_month?: string;
  function?: "booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit" | null;
  lang?: "en" | "nb" | "sv";
}

/** `check:show`: a spot check, with each look that was drawn and what was judged of it. */
export interface ShowCheck {
  check_id: string;
}

/** `booking:day`: what is booked and free at the unit, of at most sixty days. */
export interface ShowDay {
  unit_id: string;
  since: string;
  until: string;
}

/** `fairness:show`: a unit's month, by level, age group, language and hour. */
export interface ShowFairness {
  unit_id: string;
  month?: string;
}

/** `followup:show`: one patient with the values of ninety days; the look is recorded. */
export interface ShowFollowUp {
  unit_id: string;
  record_id: string;
}

/** `guidance:show`: what staff follow here. */
export interface ShowGuidance {
}

/** `lead:show`: how the unit stands now and what is to come. No contact is in it. */
export interface ShowLead {
  unit_id: string;
}

/** `audit:show`: everything that the audit has of one look. Recorded as a look at whom it concerned. */
export interface ShowLook {
  look_id: string;
}

/** `reach:show`: where a protected person is and which number reaches them; recorded by itself. */
export interface ShowReach {
  contact_id: string;
}

/** `register:show`: one registration. */
export interface ShowRegistration {
  person_id: string;
}

/** `review:show`: one thing to review with the patient's words; recorded as a look at the contact. */
export interface ShowReview {
  contact_id: string;
  no: number;
  lang: "en" | "nb" | "sv";
}

/** `directory:history`: everything that was decided of one sheet. */
export interface ShowSheetHistory {
  of: "provider" | "staff" | "unit";
  of_id: string;
  sheet: string;
}

/** `directory:show`: the sheets of one care giver, unit or member of staff. */
export interface ShowSubject {
  of: "provider" | "staff" | "unit";
  of_id: string;
}

/** A change as it stands. */
export interface ShownChange {
  change_id: string;
  change: PersonChange;
  person: string;
  other: string;
  reason: string;
  status: "done" | "proposed" | "withdrawn";
  proposed_by: string;
  proposed_at: string;
  settled_by: string;
  settled_at: string;
  may_approve: boolean;
  foreseen: Foreseen | null;
}

/** A spot check, whole. */
export interface ShownCheck {
  check: CheckSummary;
  seed: string;
  per_stratum: number;
  items: Array<CheckItem>;
  strata: Array<CheckedShare>;
  units: Array<CheckedShare>;
}

/** One look, whole. */
export interface ShownLook {
  look: AuditedLook;
  about: "audit" | "contact" | "other" | "own" | "search" | "unit";
  about_id: string;
  person: string;
  protected: boolean;
  works_at: string;
  address: string;
  session: string;
  node: string;
  found: number | null;
  searched: string;
  doors: Array<ThroughDoor>;
}

/** What the person told last; both empty when they have told nothing. */
export interface ShownReach {
  place: string;
  phone: string;
}

/** Answer to `review:show`. */
export interface ShownReview {
  listed: ReviewListed;
  comment: string;
  texts: Array<PatientText>;
  reasons: Array<Reason>;
  answers: number;
  lang: string;
  subject: "child" | "other" | "self";
  age_y: number | null;
  sex: "f" | "m" | null;
  rewritten: Rewritten | null;
  why: "known_already" | "not_of_reading" | "read_rightly" | null;
}

/** One schedule. */
export interface ShownSchedule {
  schedule_id: string;
  schedule: OfferedTimes;
}

/** Demo sign-in as one of the demo people. */
export interface SignIn {
  person: string;
}

/** `followup:sign`: this very version is in force. A clinician's of the unit alone. */
export interface SignPlan {
  client_id: string;
  unit_id: string;
  record_id: string;
  version: number;
}

/** Event `signal`: from another participant. The patient is the polite peer. */
export interface Signal {
  visit_id: string;
  sender: string;
  description: Description | null;
  candidate: Candidate | null;
}

/** The session is over here. */
export interface SignedOut {
  url: string;
}

/** A question that was shown was left unanswered past the unit's time: one level up, once. */
export interface SilenceRaised {
  kind: "silence_raised";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  after_min: number;
}

/** The times of each level. */
export interface SilenceSheet {
  levels: Record<string, LevelTimes>;
}

/** A member of staff who has written to the patient, or is kept out, by name. */
export interface StaffKnows {
  staff_id: string;
  staff: string;
  blocked: boolean;
}

/** A role at a unit. */
export interface StaffRole {
  unit_id: string;
  unit: string;
  role: "administrator" | "auditor" | "clinician" | "integrator" | "nurse" | "unit_lead";
}

/** Who somebody who works here is. */
export interface StaffSheet {
  name: string;
  protected?: boolean;
  skills?: Array<string>;
  languages?: Array<string>;
  ends_on?: string | null;
  provider_id: string;
}

/** One level with so many nurses. */
export interface StaffedLevel {
  level: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  contacts: number;
  in_time: number;
  p50_min: number;
  p95_min: number;
}

/** How it would have been with so many nurses. */
export interface StaffedRow {
  nurses: number;
  in_time: number;
  levels: Array<StaffedLevel>;
}

/** Answer to `staffing:ask`: what it rests on. With no week nothing is tried and no event comes. */
export interface StaffingAsked {
  weeks: number;
  contacts: number;
}

/** Event `staffing`: how far the trying out is, and at its end the answer. */
export interface StaffingTold {
  unit_id: string;
  done: number;
  of: number;
  over: boolean;
  rows: Array<StaffedRow>;
  enough: number | null;
}

/** The rule by which somebody stands for another today. */
export interface StandInShown {
  basis: "guardian" | "power_of_attorney";
  person_from_y: number;
  person_until_y: number;
  proxy_from_y: number;
  shares_address: boolean;
}

/** `POST /api/attachments`: announce a file. Sent again with the same `client_id` it is the same file. */
export interface StartAttachment {
  contact_id: string;
  client_id: string;
  name: string;
  size: number;
  caption?: string;
  lang?: "en" | "nb" | "sv" | null;
  claim_no?: number | null;
  seen_no?: number | null;
}

/** `visit:start`: the clinician who holds the contact opens a visit and is in it. */
export interface StartVisit {
  contact_id: string;
  client_id: string;
  claim_no: number;
}

/** Event `states`: what another participant says of their devices. */
export interface StatesSaid {
  visit_id: string;
  sender: string;
  microphone: boolean;
  camera: boolean;
  sharing: boolean;
}

/** Answer to `surge:set` and `outage:set`: what holds now. */
export interface Steered {
  unit_id: string;
  surge: SurgeNow | null;
  outage: OutageNow | null;
}

/** Answer to `directory:show`, and to every change. */
export interface SubjectShown {
  of: "provider" | "staff" | "unit";
  of_id: string;
  name: string;
  oneself: boolean;
  sheets: Array<SheetShown>;
  waiting: Array<WaitingSheet>;
}

/** `form:submit`: send the answers. */
export interface SubmitForm {
  contact_id: string;
  client_id: string;
  assignment_id: string;
  answers: Record<string, Array<boolean | number | number | string | Coding | Quantity>>;
  lang: "en" | "nb" | "sv";
}

/** What a browser gives for web push (W3C Push API, PushSubscription). */
export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** Surge mode, while it is on. */
export interface SurgeNow {
  since: string;
  until: string;
  name: string;
  reason: string;
}

/** A colleague who may hold contacts. */
export interface Taker {
  staff_id: string;
  name: string;
  role: string;
  here: boolean;
}

/** Answer to `hand_over:takers`; oneself and the unit asked of are not among them. */
export interface Takers {
  colleagues: Array<Taker>;
  units: Array<TakingUnit>;
}

/** A unit of the same legal care giver that takes chats. */
export interface TakingUnit {
  unit_id: string;
  name: string;
}

/** What each level promises at the unit. */
export interface TargetsSheet {
  levels: Record<string, Promised>;
  letter?: Promised | null;
}

/** `visit:company`: say who is in the room with oneself. */
export interface TellCompany {
  contact_id: string;
  visit_id: string;
  company: Array<"carer" | "child" | "interpreter" | "nobody" | "other" | "relative">;
}

/** `presence:tell`: one is looking at the contact, writes in it, or has left it. Told on, never kept. */
export interface TellPresence {
  contact_id: string;
  state: "away" | "here" | "typing";
  greets?: boolean;
}

/** `followup:tell`: what was measured and answered, when it was; also long after. Refused for what cannot be. */
export interface TellReadings {
  client_id: string;
  record_id: string;
  readings?: Array<TypedReading>;
  said?: Array<GivenAnswer>;
  for_person?: string;
}

/** `test:tell`: how it went, for the unit to see. */
export interface TellTest {
  contact_id: string;
  client_id: string;
  result: ConnectionResult;
}

/** `vitals:tell`: numbers that were read off, by the patient or by staff; triage reads them. */
export interface TellVitals {
  contact_id: string;
  client_id: string;
  vitals: VitalSigns;
  claim_no?: number | null;
}

/** One version of a template. With a `unit_id` it is shared there, else its owner's own. */
export interface Template {
  template_id: string;
  version: number;
  unit_id: string;
  owner_id: string;
  owner_name: string;
  lang: "en" | "nb" | "sv";
  abbreviation: string;
  title: string;
  text: string;
  review_on: string;
  removed: boolean;
}

/** Answer to `template:list`: by title, in every language. */
export interface TemplateList {
  unit_id: string;
  unit: string;
  may_share: boolean;
  templates: Array<Template>;
  fills: Fills;
}

/** Every text by its id. */
export interface TemplatesSheet {
  templates?: Record<string, SharedTemplate>;
}

/** Answer to `test:answer`; another offer where another codec is spoken from now on. */
export interface TestAnswered {
  offer: TestOffer | null;
}

/** An offer to answer with `test:answer`. */
export interface TestOffer {
  offer_no: number;
  description: Description;
  ice_servers: Array<IceServer>;
  relay_only: boolean;
}

/** The door that a look went through. */
export interface ThroughDoor {
  basis: string;
  opened_at: string;
  until: string;
  from_unit: string;
  reason: string;
}

/** One value of a trend. */
export interface TrendPoint {
  at_ms: number;
  value: number;
}

/** `call:try`: a telephone call to the patient was made, and how it went. */
export interface TryCall {
  contact_id: string;
  client_id: string;
  outcome: "left_message" | "no_answer" | "reached" | "wrong_number";
  note?: string;
}

/** `letter:turn`: whoever holds a letter goes on as a chat, in the same contact; the patient is told at once. */
export interface TurnLetter {
  contact_id: string;
  client_id: string;
  claim_no: number;
}

/** A value as it was typed, in the unit it was typed in. */
export interface TypedReading {
  measure: "dbp" | "exercise" | "exertion" | "glucose" | "hr" | "ketones" | "rr" | "sbp" | "spo2" | "symptom_score" | "temp" | "weight";
  value: string;
  unit: "%" | "/min" | "kg" | "lb" | "mg/dL" | "min" | "mmHg" | "mmol/L" | "points" | "\u00b0C" | "\u00b0F";
  at: string;
}

/** The patient's view of an assessment: how they were understood and what is asked. No rule, no diagnosis. */
export interface Understood {
  kind: "understood";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  assessed: boolean;
  chips: Array<Chip>;
  ask: Array<Question>;
  safety_net: string;
  plain: Array<string>;
}

/** What the unit has agreed on with one patient. */
export interface UnitAgreement {
  agreement_id: string;
  person_id: string;
  name: string;
  services: Array<AgreedService>;
  until: string;
}

/** A unit a patient may write to. */
export interface UnitChoice {
  id: string;
  name: string;
}

/** Answer to `duty:set` and `duty:list`, by name; who is off duty is not in it. */
export interface UnitDuty {
  unit_id: string;
  manned: boolean;
  staff: Array<DutyOf>;
  surge_until: string | null;
}

/** What a unit offers the patient who asks; what it does not is not shown. */
export interface UnitFunctions {
  unit_id: string;
  unit: string;
  persons: Array<string>;
  functions: Array<"booking" | "forms" | "home_follow_up" | "messages" | "seek_care_chat" | "video_visit">;
  closed: Record<string, Record<string, string>>;
  booked: boolean;
  followed: boolean;
  services: "none" | "some" | "waiting";
}

/** A unit that has contacts with the patient. */
export interface UnitKnows {
  unit_id: string;
  unit: string;
  provider: string;
  blocked: boolean;
}

/** Answer to `duty:ask`. */
export interface UnitNow {
  unit: string;
  manned: boolean;
  takes: boolean;
  opens_at: string | null;
  phone: string;
  instead_of: string;
  full: boolean;
  told: Record<string, string>;
  services: Array<ServiceChoice>;
  surge: boolean;
  outage: Record<string, string>;
}

/** A role at a unit. */
export interface UnitRole {
  unit_id: string;
  unit: string;
  role: string;
  follows_at_home: boolean;
}

/** One unit's rows. */
export interface UnitRouting {
  municipality?: string;
  hospital?: string;
  languages: Array<string>;
  competence?: Array<Competence>;
  overflow?: Array<string>;
  daily_cap?: number;
  continuity_min: number;
  continuity_days?: number;
  language_min: Record<string, number>;
  competence_min: Record<string, number>;
  closed_text?: Record<string, string>;
  full_text?: Record<string, string>;
}

/** What a unit is. */
export interface UnitSheet {
  provider_id: string;
  name: string;
  kind?: "gp" | "hospital" | "municipality";
  takes_chat: boolean;
  phone?: string;
}

/** How far an upload has come. */
export interface UploadState {
  attachment: string;
  offset: number;
  size: number;
}

/** A named person sets the level, with a reason: the only way it is ever lowered. */
export interface UrgencySet {
  kind: "urgency_set";
  urgency: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h";
  reason: string;
  claim_no: number;
  instead_of: "immediate" | "routine" | "self_care" | "urgent" | "very_urgent" | "within_24h" | null;
}

/** A clinician let someone in from the lobby. */
export interface VisitAdmitted {
  kind: "visit_admitted";
  visit_id: string;
  participant: string;
}

/** Who was aside is in the visit again. */
export interface VisitBroughtBack {
  kind: "visit_brought_back";
  visit_id: string;
  participant: string;
  name: string;
}

/** Event `visit`: the guest's visit as it is now; without one it is over for them, whatever the reason. */
export interface VisitChanged {
  visit: VisitSummary | null;
}

/** The visit is over; the contact goes on. */
export interface VisitEnded {
  kind: "visit_ended";
  visit_id: string;
  duration_s: number;
}

/** When who waits is to be let in, as staff tell them. */
export interface VisitExpected {
  kind: "visit_expected";
  visit_id: string;
  at_ms: number;
}

/** Staff say how they know who somebody in the lobby or the visit is. */
export interface VisitIdentified {
  kind: "visit_identified";
  visit_id: string;
  participant: string;
  name: string;
  how: "document" | "e_id" | "known" | "not_sure" | "questions";
}

/** Someone is in the visit: their first, or another, way in. */
export interface VisitJoined {
  kind: "visit_joined";
  visit_id: string;
  participant: string;
  name: string;
  role: "clinician" | "consultant" | "interpreter" | "patient" | "relative";
}

/** Someone waits in the lobby. */
export interface VisitKnocked {
  kind: "visit_knocked";
  visit_id: string;
  participant: string;
  name: string;
  role: "clinician" | "consultant" | "interpreter" | "patient" | "relative";
}

/** Someone left, by choice or because the line was gone. */
export interface VisitLeft {
  kind: "visit_left";
  visit_id: string;
  participant: string;
  name: string;
  put_out: boolean;
}

/** Someone in a visit or its lobby. */
export interface VisitMember {
  participant: string;
  name: string;
  role: "clinician" | "consultant" | "interpreter" | "patient" | "relative";
  unit: string;
  place: "aside" | "in" | "left" | "lobby";
  put_out: boolean;
  since: string;
  identity: "document" | "e_id" | "known" | "not_sure" | "questions" | null;
  company: Array<"carer" | "child" | "interpreter" | "nobody" | "other" | "relative">;
  tested: "good" | "none" | "poor" | null;
  test: ConnectionResult | null;
  photo_asked: boolean;
  captions: boolean | null;
  poor: boolean;
  lang: string;
}

/** Somebody who was waited for did not come. */
export interface VisitMissed {
  kind: "visit_missed";
  visit_id: string;
  participant: string;
  name: string;
  role: "clinician" | "consultant" | "interpreter" | "patient" | "relative";
}

/** For ten seconds somebody's picture was not enough to judge anything by it; or it is enough again. */
export interface VisitQuality {
  kind: "visit_quality";
  visit_id: string;
  seen_by: string;
  of: string;
  name: string;
  role: "clinician" | "consultant" | "interpreter" | "patient" | "relative";
  enough: boolean;
  measured: Measured;
}

/** Somebody is out of this visit for good. */
export interface VisitRemoved {
  kind: "visit_removed";
  visit_id: string;
  participant: string;
  name: string;
}

/** Somebody waits in the lobby again, and comes in only when they are let in anew. */
export interface VisitSentBack {
  kind: "visit_sent_back";
  visit_id: string;
  participant: string;
  name: string;
}

/** Somebody hears and sees nothing of the visit for a while, and waits without asking again. */
export interface VisitSetAside {
  kind: "visit_set_aside";
  visit_id: string;
  participant: string;
  name: string;
}

/** Of one unit. */
export interface VisitSheet {
  relay_only?: boolean;
  captions?: boolean;
}

/** A clinician opens a visit; the patient may come to its lobby. */
export interface VisitStarted {
  kind: "visit_started";
  visit_id: string;
}

/** A visit that is going on. */
export interface VisitSummary {
  visit_id: string;
  members: Array<VisitMember>;
  guests: Array<InvitedGuest>;
  expected: string;
  relayed: boolean;
  captions: boolean;
}

/** Numbers somebody read off. None: not measured, which says nothing of the sign. */
export interface VitalSigns {
  temp?: number | null;
  spo2?: number | null;
  hr?: number | null;
  rr?: number | null;
  sbp?: number | null;
  dbp?: number | null;
  weight?: number | null;
}

/** Somebody has measured, and typed what they read. By whom is the entry's author. */
export interface VitalsTold {
  kind: "vitals_told";
  vitals: VitalSigns;
}

/** Where a waiting contact stands. */
export interface Wait {
  place: number;
  low_min: number | null;
  high_min: number | null;
  until: string | null;
  broken: boolean;
  slower: boolean;
  nobody: boolean;
  opens_at: string | null;
  surge: boolean;
  outage: Record<string, string>;
}

/** Event `wait`: a waiting contact's place moved. */
export interface WaitChanged {
  contact_id: string;
  wait: Wait;
}

/** A change that waits for a second person. */
export interface WaitingSheet {
  no: number;
  of: "provider" | "staff" | "unit";
  of_id: string;
  name: string;
  sheet: string;
  before: SheetValues;
  after: SheetValues;
  lowers: Array<string>;
  reason: string;
  proposed_by: string;
  proposed_at: string;
  may_approve: boolean;
  overtaken: boolean;
  asks_number: boolean;
}

/** By what somebody is known where they sign in. */
export interface Way {
  kind: "earlier" | "hpr" | "hsa_id" | "number" | "subject";
  digest: string;
  shown?: string;
}

/** Every way somebody signs in. */
export interface WaysSheet {
  ways?: Array<Way>;
}

/** When a clinician receives each week, in minutes after midnight by the unit's clock. */
export interface WeeklyTime {
  weekday: number;
  from_min: number;
  until_min: number;
}

/** A refusal: a code the client has a sentence for, and data without anyone's words. */
export interface WireError {
  code: string;
  data: Record<string, unknown>;
}

/** `booking:wish`: be offered a time of these kinds that becomes free. */
export interface WishTime {
  client_id: string;
  types: Array<"on_site" | "phone" | "video">;
  since: string;
  until: string;
  lang: string;
  unit_id?: string;
  for_person?: string;
  channel?: "email" | "none" | "push" | "sms";
  address?: string;
  push?: Subscription | null;
}

/** `register:withdraw`: it is not to be done, and why. */
export interface WithdrawChange {
  client_id: string;
  change_id: string;
  reason: string;
}

/** `content:withdraw`: take back what is not in force, and why. */
export interface WithdrawContentSet {
  client_id: string;
  content_version: string;
  reason: string;
}

/** `form:withdraw`: take a form back that the patient has not sent. */
export interface WithdrawForm {
  contact_id: string;
  client_id: string;
  claim_no: number;
  assignment_id: string;
}

/** `guest:withdraw`: a guest, come or not, is let in no more; one who is in the visit is out within a second. */
export interface WithdrawGuest {
  contact_id: string;
  client_id: string;
  visit_id: string;
  guest_id: string;
}

/** `hand_over:withdraw`: keep the contact after all. */
export interface WithdrawOffer {
  contact_id: string;
  client_id: string;
  claim_no: number;
}

/** `directory:withdraw`: it is not to be, and why. */
export interface WithdrawSheet {
  client_id: string;
  of: "provider" | "staff" | "unit";
  of_id: string;
  no: number;
  reason: string;
}

/** One text in every language. */
export interface Wording {
  sv: string;
  nb: string;
  en: string;
}

/** What a client may send. */
export interface Calls {
  "contact:open": { request: OpenContact; answer: Committed };
  "contact:follow": { request: FollowContact; answer: Following };
  "contact:leave": { request: LeaveContact; answer: Empty };
  "contact:close": { request: CloseContact; answer: Committed };
  "contact:earlier": { request: ListEarlier; answer: EarlierContacts };
  "board:earlier": { request: MarkEarlier; answer: EarlierMarks };
  "safety_net:give": { request: GiveSafetyNet; answer: Committed };
  "safety_net:confirm": { request: ConfirmSafetyNet; answer: Committed };
  "guidance:show": { request: ShowGuidance; answer: Guidance };
  "message:post": { request: PostMessage; answer: Committed };
  "message:amend": { request: AmendMessage; answer: Committed };
  "answer:give": { request: GiveAnswer; answer: Committed };
  "form:list": { request: ListForms; answer: FormList };
  "form:assign": { request: AssignForm; answer: Committed };
  "form:save": { request: SaveForm; answer: Committed };
  "form:submit": { request: SubmitForm; answer: Committed };
  "form:withdraw": { request: WithdrawForm; answer: Committed };
  "letter:turn": { request: TurnLetter; answer: Committed };
  "vitals:tell": { request: TellVitals; answer: Committed };
  "reading:correct": { request: CorrectReading; answer: Committed };
  "reach:set": { request: SetReach; answer: Committed };
  "urgency:set": { request: SetUrgency; answer: Committed };
  "note:add": { request: AddNote; answer: Committed };
  "note:draft": { request: DraftNote; answer: NoteDraft };
  "colleague:list": { request: ListColleagues; answer: ColleagueList };
  "colleague:ask": { request: AskColleague; answer: Committed };
  "colleague:answer": { request: AnswerColleague; answer: Committed };
  "read:mark": { request: MarkRead; answer: Empty };
  "presence:tell": { request: TellPresence; answer: PresenceKey };
  "template:list": { request: ListTemplates; answer: TemplateList };
  "template:save": { request: SaveTemplate; answer: SavedTemplate };
  "board:follow": { request: FollowBoard; answer: Board };
  "queue:claim_next": { request: ClaimNext; answer: Claim };
  "queue:claim": { request: ClaimContact; answer: Claim };
  "contact:reopen": { request: ReopenContact; answer: Committed };
  "notice:choose": { request: ChooseNotice; answer: Committed };
  "call:try": { request: TryCall; answer: Committed };
  "call:end": { request: EndCall; answer: Committed };
  "queue:hand_back": { request: HandBack; answer: Committed };
  "hand_over:offer": { request: OfferHandOver; answer: Committed };
  "hand_over:withdraw": { request: WithdrawOffer; answer: Committed };
  "hand_over:list": { request: ListOffers; answer: OfferList };
  "hand_over:accept": { request: AcceptOffer; answer: Claim };
  "hand_over:decline": { request: DeclineOffer; answer: Empty };
  "hand_over:takers": { request: ListTakers; answer: Takers };
  "hand_over:ask": { request: AskForCase; answer: Committed };
  "hand_over:give": { request: GiveCase; answer: Committed };
  "hand_over:refuse": { request: RefuseCase; answer: Committed };
  "duty:set": { request: SetDuty; answer: UnitDuty };
  "duty:list": { request: ListDuty; answer: UnitDuty };
  "duty:ask": { request: AskUnitNow; answer: UnitNow };
  "booking:free": { request: FindTimes; answer: FreeTimes };
  "booking:book": { request: BookTime; answer: GivenTime };
  "booking:move": { request: MoveBooking; answer: GivenTime };
  "booking:cancel": { request: CancelBooking; answer: OwnBookings };
  "booking:mine": { request: AskOwnBookings; answer: OwnBookings };
  "booking:wish": { request: WishTime; answer: OwnBookings };
  "booking:unwish": { request: EndWish; answer: OwnBookings };
  "booking:decline": { request: DeclineTime; answer: OwnBookings };
  "booking:day": { request: ShowDay; answer: DayView };
  "booking:give": { request: GiveTime; answer: GivenTime };
  "booking:revoke": { request: RevokeBooking; answer: Empty };
  "booking:came": { request: NoteComing; answer: Empty };
  "schedule:list": { request: ListSchedules; answer: ScheduleList };
  "schedule:set": { request: SetSchedule; answer: ScheduleList };
  "schedule:end": { request: EndSchedule; answer: ScheduleList };
  "agreement:list": { request: ListAgreements; answer: AgreementList };
  "agreement:invite": { request: InvitePatient; answer: InvitationMade };
  "agreement:revoke": { request: RevokeAgreement; answer: AgreementList };
  "agreement:mine": { request: AskAgreements; answer: OwnAgreements };
  "agreement:answer": { request: AnswerInvitation; answer: OwnAgreements };
  "agreement:end": { request: EndAgreement; answer: OwnAgreements };
  "followup:mine": { request: AskOwnFollowUps; answer: OwnFollowUps };
  "followup:tell": { request: TellReadings; answer: OwnFollowUps };
  "followup:list": { request: ListFollowUps; answer: FollowUpList };
  "followup:programmes": { request: AskProgrammes; answer: ProgrammeList };
  "followup:include": { request: IncludePatient; answer: FollowUpView };
  "followup:show": { request: ShowFollowUp; answer: FollowUpView };
  "followup:plan": { request: PlanFollowUp; answer: FollowUpView };
  "followup:sign": { request: SignPlan; answer: FollowUpView };
  "followup:seen": { request: SeeFollowUps; answer: FollowUpList };
  "followup:pause": { request: PauseFollowUp; answer: FollowUpView };
  "followup:end": { request: EndFollowUp; answer: Empty };
  "lead:show": { request: ShowLead; answer: LeadView };
  "surge:set": { request: SetSurge; answer: Steered };
  "outage:set": { request: SetOutage; answer: Steered };
  "staffing:ask": { request: AskStaffing; answer: StaffingAsked };
  "fairness:show": { request: ShowFairness; answer: FairnessSheet };
  "baseline:set": { request: SetBaseline; answer: BaselineView };
  "benefits:show": { request: ShowBenefits; answer: BenefitsView };
  "reach:show": { request: ShowReach; answer: ShownReach };
  "person:find": { request: FindPerson; answer: FoundPersons };
  "access:open": { request: OpenDoor; answer: BehindDoors };
  "access:list": { request: ListDoors; answer: BehindDoors };
  "access:close": { request: CloseDoor; answer: Empty };
  "access:share": { request: ShareContact; answer: Shared };
  "access:shares": { request: ListShares; answer: Shares };
  "access:unshare": { request: EndShare; answer: Empty };
  "access:block": { request: BlockUnit; answer: OwnAccess };
  "access:mine": { request: ListAccess; answer: OwnAccess };
  "content:list": { request: ListContentSets; answer: ContentSets };
  "content:shadow": { request: AskShadow; answer: Shadowed };
  "content:approve": { request: ApproveContentSet; answer: Empty };
  "content:withdraw": { request: WithdrawContentSet; answer: Empty };
  "register:list": { request: ListRegistrations; answer: Registrations };
  "register:find": { request: FindRegistration; answer: FoundRegistrations };
  "register:show": { request: ShowRegistration; answer: Registration };
  "register:foresee": { request: ForeseeChange; answer: Foreseen };
  "register:propose": { request: ProposeChange; answer: Registration };
  "register:approve": { request: ApproveChange; answer: Registration };
  "register:withdraw": { request: WithdrawChange; answer: Registration };
  "register:newborn": { request: RegisterNewborn; answer: Registration };
  "directory:list": { request: ListDirectory; answer: DirectoryShown };
  "directory:show": { request: ShowSubject; answer: SubjectShown };
  "directory:history": { request: ShowSheetHistory; answer: SheetHistory };
  "directory:foresee": { request: ForeseeSheet; answer: SheetForeseen };
  "directory:propose": { request: ProposeSheet; answer: SubjectShown };
  "directory:approve": { request: ApproveSheet; answer: SubjectShown };
  "directory:withdraw": { request: WithdrawSheet; answer: SubjectShown };
  "concept:list": { request: ListConcepts; answer: ConceptList };
  "reading:mark": { request: MarkReading; answer: Committed };
  "review:list": { request: ListReviews; answer: ReviewList };
  "review:show": { request: ShowReview; answer: ShownReview };
  "review:rewrite": { request: RewriteReading; answer: Empty };
  "review:set_aside": { request: SetReadingAside; answer: Empty };
  "looks:list": { request: ListLooks; answer: Looks };
  "audit:scope": { request: AskAuditScope; answer: AuditScope };
  "audit:search": { request: SearchLooks; answer: FoundLooks };
  "audit:show": { request: ShowLook; answer: ShownLook };
  "check:draw": { request: DrawCheck; answer: ShownCheck };
  "check:list": { request: ListChecks; answer: CheckList };
  "check:show": { request: ShowCheck; answer: ShownCheck };
  "check:redraw": { request: RedrawCheck; answer: Redrawn };
  "check:judge": { request: JudgeLook; answer: ShownCheck };
  "visit:start": { request: StartVisit; answer: InVisit };
  "visit:enter": { request: EnterLobby; answer: InVisit };
  "visit:admit": { request: AdmitParticipant; answer: Empty };
  "test:begin": { request: BeginTest; answer: TestOffer };
  "test:answer": { request: AnswerTest; answer: TestAnswered };
  "test:end": { request: EndTest; answer: Empty };
  "test:tell": { request: TellTest; answer: Empty };
  "visit:identify": { request: IdentifyParticipant; answer: Empty };
  "visit:send_back": { request: MoveParticipant; answer: Empty };
  "visit:set_aside": { request: MoveParticipant; answer: Empty };
  "visit:bring_back": { request: MoveParticipant; answer: Empty };
  "visit:remove": { request: MoveParticipant; answer: Empty };
  "visit:expect": { request: ExpectVisit; answer: Empty };
  "visit:company": { request: TellCompany; answer: Empty };
  "photo:ask": { request: AskPhoto; answer: Empty };
  "photo:answer": { request: AnswerPhoto; answer: Empty };
  "visit:leave": { request: LeaveVisit; answer: Empty };
  "visit:end": { request: EndVisit; answer: Empty };
  "visit:signal": { request: SendSignal; answer: Empty };
  "relay:join": { request: JoinRelay; answer: Empty };
  "relay:answer": { request: AnswerRelay; answer: Empty };
  "relay:restart": { request: RestartRelay; answer: Empty };
  "relay:say": { request: SayStates; answer: Empty };
  "visit:here": { request: HereInVisit; answer: Empty };
  "visit:mute": { request: MuteParticipant; answer: Empty };
  "visit:quality": { request: NoteQuality; answer: Empty };
  "captions:ask": { request: AskCaptions; answer: Empty };
  "captions:answer": { request: AnswerCaptions; answer: Empty };
  "captions:sound": { request: SendSound; answer: Empty };
  "guest:invite": { request: InviteGuest; answer: GuestSecrets };
  "guest:withdraw": { request: WithdrawGuest; answer: Empty };
}

/** What the server sends by itself. */
export interface Events {
  "entry": EntryAdded;
  "contact_anew": ContactAnew;
  "wait": WaitChanged;
  "presence": Presence;
  "access_ended": AccessEnded;
  "access_changed": AccessChanged;
  "heads": Heads;
  "board": BoardChanged;
  "board_anew": BoardAnew;
  "duty": DutyChanged;
  "leases": Leases;
  "staffing": StaffingTold;
  "offers": OffersChanged;
  "signal": Signal;
  "relay_offer": RelayOffer;
  "relay_held": RelayHeld;
  "relay_gone": RelayGone;
  "states": StatesSaid;
  "page_here": PageHere;
  "muted": Muted;
  "caption_said": CaptionSaid;
  "visit": VisitChanged;
}

/** HTTP routes. */
export interface Routes {
  "GET /healthz": { request: null; answer: Healthy };
  "GET /readyz": { request: null; answer: Ready };
  "GET /api/shell": { request: null; answer: Shell };
  "GET /api/demo/people": { request: null; answer: Array<DemoPerson> };
  "POST /api/session": { request: SignIn; answer: Me };
  "GET /api/session": { request: null; answer: Me };
  "DELETE /api/session": { request: null; answer: SignedOut };
  "GET /api/login": { request: null; answer: Array<LoginProvider> };
  "GET /login/keys": { request: null; answer: null };
  "GET /login/{provider_id}": { request: null; answer: null };
  "GET /login/{provider_id}/callback": { request: null; answer: null };
  "POST /login/{provider_id}/logout": { request: null; answer: null };
  "GET /api/sessions": { request: null; answer: Array<OwnSession> };
  "DELETE /api/sessions": { request: null; answer: Empty };
  "DELETE /api/sessions/{session_id}": { request: null; answer: Empty };
  "POST /api/session/outbox-key": { request: AskOutboxKey; answer: OutboxKey };
  "POST /api/guest": { request: OpenGuestLink; answer: AsGuest };
  "GET /api/guest": { request: null; answer: AsGuest };
  "DELETE /api/guest": { request: null; answer: Empty };
  "GET /api/functions": { request: null; answer: Array<UnitFunctions> };
  "GET /api/units": { request: null; answer: Array<UnitChoice> };
  "GET /api/contacts": { request: null; answer: Array<OwnContact> };
  "GET /api/contacts/{contact_id}": { request: null; answer: Following };
  "POST /api/attachments": { request: StartAttachment; answer: UploadState };
  "HEAD /api/attachments/{contact_id}/{attachment_id}": { request: null; answer: null };
  "PATCH /api/attachments/{contact_id}/{attachment_id}": { request: null; answer: null };
  "DELETE /api/attachments/{contact_id}/{attachment_id}": { request: null; answer: null };
  "GET /api/attachments/{contact_id}/{attachment_id}": { request: null; answer: null };
  "GET /api/attachments/{contact_id}/{attachment_id}/thumbnail": { request: null; answer: null };
}
