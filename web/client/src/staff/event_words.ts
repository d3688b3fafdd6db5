/** What happened in a contact, said in one quiet sentence. */

import { hasWords, t } from "../base/words";
import { alarmWords } from "../followup/alarm";
import { inMine } from "../form/text";
import { routeWords } from "../routing/route";
import type { EntryView } from "../wire";
import { personWords } from "./person";
import { roleWords } from "./roles";
import { duration } from "./times";
import "../duty/words";
import "../advice/words";
import "../review/words";
import "../handover/words";
import "../letter/words";
import "../pretest/words";
import { companyWords } from "../visit/company_words";
import { vitalsWords } from "../vitals/vitals";
import "../captions/words";
import "../visit/photo_words";
import "../visit/words";
import { clock } from "./times";
import "./guests_words";

type Body = EntryView["body"];
type Kind = Body["kind"];
type Sayer = { [K in Kind]?: (body: Extract<Body, { kind: K }>, who: string) => string };

/** Kinds that are left out here are shown as words of people, or to patients only. */
const SAYERS: Sayer = {
  opened: (body) => {
    if (body.booking_id) {
      const at = clock(new Date(body.begins_ms ?? 0).toISOString());
      return t("staff.event_booked", { at, who: personWords(body) });
    }
    const begin = t("staff.event_opened", { who: personWords(body) });
    return body.screen.length ? `${begin} ${t("staff.event_screen", { n: body.screen.length })}` : begin;
  },
  corrected: ({ struck, added }) => t("staff.event_corrected", { struck: struck.length, added: added.length }),
  reach: () => t("staff.event_reach"),
  assessed: ({ urgency, assessed, reasons }) => {
    if (!assessed) return t("staff.event_unassessed");
    const rule = reasons.find((reason) => reason.urgency === urgency) ?? reasons[0];
    const level = t(`base.urgency_${urgency}`);
    return rule ? t("staff.event_assessed_why", { level, why: rule.text }) : t("staff.event_assessed", { level });
  },
  urgency_set: ({ urgency, reason }, who) =>
    t("staff.event_urgency", { who, level: t(`base.urgency_${urgency}`), reason }),
  misread: ({ reason }, who) => t("review.event_misread", { who, comment: reason }).trim(),
  silence_raised: ({ urgency, after_min }) =>
    t("staff.event_silence_raised", { after: duration(after_min), level: t(`base.urgency_${urgency}`) }),
  queued: ({ steps }) => (steps.length ? t("route.event_queued", { why: routeWords(steps) }) : t("staff.event_queued")),
  needs_set: ({ steps }) => routeWords(steps),
  claimed: ({ name, role }) => t("staff.event_claimed", { name: name || roleWords(role) }),
  handed_back: ({ reason }, who) => t("staff.event_handed_back", { who, reason: backWords(reason) }),
  hand_over_offered: (body, who) => t("handover.event_offered", { ...sbarOf(body), who, whom: whomOf(body) }),
  handed_over: ({ name, role, unit_name, moved }) =>
    t(moved ? "handover.event_moved" : "handover.event_handed_over", {
      name: name || roleWords(role),
      unit: unit_name,
    }),
  hand_over_declined: ({ reason }, who) => t("handover.event_declined", { who, reason }),
  hand_over_withdrawn: (_, who) => t("handover.event_withdrawn", { who }),
  hand_over_unanswered: ({ to, after_min }) => t(`handover.event_unanswered_${to}`, { after: duration(after_min) }),
  escalated: ({ step, late_min, to_unit, unit_name }) => {
    const where = step === "next_unit" && !to_unit ? "not_moved" : step;
    return t(`duty.late_${where}`, { late: duration(late_min), unit: unit_name });
  },
  on_call_alerted: ({ told, urgency }) =>
    t(told ? "duty.event_alerted" : "duty.event_nobody", { level: t(`base.urgency_${urgency}`) }),
  case_asked: ({ name, role, reason }) => t("handover.event_asked", { name: name || roleWords(role), reason }),
  case_refused: ({ reason }, who) => t("handover.event_refused", { who, reason }),
  letter_written: ({ title }) => t("letter.event_written", { title }),
  letter_turned: ({ into }, who) => t(`letter.event_turned_${into}`, { who }),
  closed: ({ reason, safety_net, understood }, who) => {
    const line = t("staff.event_closed", { who, reason: t(`staff.reason_${reason}`) });
    const told = understood === "said" ? t("advice.event_closed_said") : "";
    const net = safety_net ? t("staff.event_safety_net", { text: safety_net }) : "";
    return [line, net, told].filter(Boolean).join(" ");
  },
  follow_up_opened: ({ programme }) => t("followup.opened", { programme: inMine(programme) }),
  follow_up_alarm: (body) => t("followup.event_alarm", { why: alarmWords(body) }),
  form_news: ({ what, title }, who) => t(`form.event_${what}`, { who, title: inMine(title) }),
  form_withdrawn: (_, who) => t("form.event_withdrawn", { who }),
  safety_net_confirmed: () => t("advice.event_confirmed"),
  reopened: () => t("staff.event_reopened"),
  reminded: ({ step, after_min, text }) => {
    const line = t(`staff.event_${step === "safety_net" ? "advice" : step}`, { after: duration(after_min) });
    return text ? `${line} “${text}”` : line;
  },
  call_listed: ({ why, after_min }) => t(`staff.event_listed_${why}`, { after: duration(after_min) }),
  call_tried: ({ outcome, note }, who) => {
    const line = t("staff.event_call", { who, how: t(`staff.call_${outcome}`).toLowerCase() });
    return note ? `${line} ${note}` : line;
  },
  call_ended: ({ reason }, who) => t("staff.event_call_ended", { who, reason }),
  notice_chosen: ({ channel }) => t(`staff.event_notice_${channel}`),
  looked_in: () => t("staff.event_looked_in"),
  visit_started: (_, who) => t("staff.event_visit_started", { who }),
  visit_knocked: ({ name }, who) => t("staff.event_visit_knocked", { name: name || who }),
  visit_admitted: (_, who) => t("staff.event_visit_admitted", { who }),
  visit_joined: ({ name }, who) => t("staff.event_visit_joined", { name: name || who }),
  visit_left: ({ name }, who) => (name ? t("visit.event_lost", { name }) : t("staff.event_visit_left", { who })),
  visit_quality: ({ name, enough }, who) =>
    t(enough ? "visit.event_enough" : "visit.event_not_enough", { name: name || who }),
  guest_invited: ({ name, role }, who) => t("guests.event_invited", { who, name, role: t(`visit.role_${role}`) }),
  guest_came: ({ name }) => t("guests.event_came", { name }),
  guest_withdrawn: ({ name, why }, who) => t(`guests.event_withdrawn_${why}`, { who, name }),
  visit_identified: ({ name, how }, who) =>
    t("room.event_visit_identified", { who, name, how: t(`room.identity_${how}`).toLowerCase() }),
  visit_sent_back: ({ name }, who) => t("room.event_visit_sent_back", { who, name }),
  visit_set_aside: ({ name }, who) => t("room.event_visit_set_aside", { who, name }),
  visit_brought_back: ({ name }) => t("room.event_visit_brought_back", { name }),
  visit_removed: ({ name }, who) => t("room.event_visit_removed", { who, name }),
  visit_expected: ({ at_ms }, who) =>
    t("room.event_visit_expected", { who, time: clock(new Date(at_ms).toISOString()) }),
  company_told: ({ name, company }) => t("room.event_company_told", { name, company: companyWords(company) }),
  vitals_told: ({ vitals }, who) => t("vitals.event", { who, what: vitalsWords(vitals) }),
  photo_asked: ({ name }, who) => t("photo.event_asked", { who, name }),
  photo_answered: ({ name, yes }) => t(yes ? "photo.event_yes" : "photo.event_no", { name }),
  captions_asked: ({ name }, who) => t("captions.event_asked", { who: name || who }),
  captions_answered: ({ name, yes }, who) => t(yes ? "captions.event_yes" : "captions.event_no", { name: name || who }),
  connection_tested: ({ name, grade }, who) => t(`pretest.event_${grade}`, { who: name || who }),
  visit_missed: ({ name, role }) =>
    t("room.event_visit_missed", { name: role === "patient" ? t("room.missed_patient") : name }),
  erased: () => t("staff.event_erased"),
  visit_ended: ({ duration_s }) => t("staff.event_visit_ended", { n: Math.max(1, Math.round(duration_s / 60)) }),
};

type Offered = Extract<Body, { kind: "hand_over_offered" }>;

const sbarOf = ({ situation, background, assessment, recommendation }: Offered) => ({
  situation,
  background,
  assessment,
  recommendation,
});

const whomOf = ({ to_name, to_role, unit_name }: Offered) => to_name || (to_role && roleWords(to_role)) || unit_name;

/** Why it came back: what a person wrote, or a code where the service gave it back. */
function backWords(reason: string): string {
  const key = `handover.back_${reason}`;
  return hasWords(key) ? t(key) : reason;
}

/** The sentence, or null for what is not told as an event. */
export function eventWords({ body, author }: EntryView): string | null {
  const say = SAYERS[body.kind] as ((body: Body, who: string) => string) | undefined;
  return say
    ? say(body, author.name || (author.kind === "system" ? t("staff.the_system") : roleWords(author.role)))
    : null;
}

/** True for an assessment that says what the one before it said: read again, nothing new. */
export function saysTheSame(entry: EntryView, entries: readonly EntryView[]): boolean {
  if (entry.body.kind !== "assessed") return false;
  const before = entries.findLast((other) => other.no < entry.no && other.body.kind === "assessed");
  return before !== undefined && eventWords(before) === eventWords(entry);
}
