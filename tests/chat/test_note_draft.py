"""A note that is begun by rule: every sentence rests on entries, and says nothing that does not stand there."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from chat.entries import Answered, Corrected, Message, Noted, NoteSentence, Opened
from chat.note_draft import PARTS, QUOTE_LIMIT, Told, draft_of, written
from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from core.transcript.line import LANGS, Lang, Telling
from triage.entries import Assessed, Question, Reason, UrgencySet

CHEST = "Jag har tryck över bröstet"
STORY = (
    Told(1, "patient", Opened(subject="self", age_y=58, sex="f", lang="sv", screen=("chest",))),
    Told(2, "patient", Message(text=CHEST, lang="sv")),
    Told(
        3,
        "system",
        Assessed(
            urgency="very_urgent",
            assessed=True,
            could_be="immediate",
            reasons=(
                Reason(rule="R1", urgency="very_urgent", text="Tryck över bröstet", words=("tryck",), at=((2, 8, 13),)),
            ),
            ask=(Question(id="arm", wording="Strålar det ut i armen?"),),
            denied=("feber",),
            lang="sv",
            basis_no=2,
            content_version="t",
        ),
    ),
    Told(4, "patient", Answered(question="arm", wording="Strålar det ut i armen?", value=True)),
    Told(5, "patient", Corrected(struck=("fever",))),
    Told(6, "staff", Noted(text="Jag tänker högt")),
    Told(7, "staff", Message(text="Ring 112 nu")),
    Told(8, "staff", UrgencySet(urgency="immediate", reason="Strålar ut.", claim_no=1)),
    Told(9, "staff", SafetyNetGiven(text="Ring igen om du svimmar")),
    Told(10, "patient", SafetyNetConfirmed(given_no=9, given_patient_no=7)),
)


def telling(lang: Lang) -> Telling:
    return Telling(lang=lang, zone=UTC, label=lambda name: name)


def test_the_whole_story_in_four_parts() -> None:
    draft = draft_of(STORY, telling("sv"))
    assert [(one.part[0], one.nos, one.text) for one in draft] == [
        ("s", (1,), "Gäller den som skriver: 58 år, kvinna."),
        ("s", (1,), "Ja på larmfrågan: chest."),
        ("s", (2,), "Patienten skriver: ”Jag har tryck över bröstet”"),
        ("b", (4,), "Strålar det ut i armen? Ja."),
        ("b", (5,), "Rättelse. Har inte: fever."),
        ("a", (3,), "Bedömt som: mycket brådskande."),
        ("a", (3, 2), "Tryck över bröstet (”tryck”)."),
        ("a", (3,), "Patienten uppger: inte feber."),
        ("a", (3,), "Obesvarat: Strålar det ut i armen?"),
        ("a", (8,), "Vårdpersonal satte: omedelbart. Strålar ut."),
        ("r", (7,), "Svar till patienten: ”Ring 112 nu”"),
        ("r", (9,), "Råd om det blir sämre: ”Ring igen om du svimmar”"),
        ("r", (9, 10), "Patienten har bekräftat råden."),
    ]


def test_in_each_language_it_is_the_same_note() -> None:
    drafts = [draft_of(STORY, telling(lang)) for lang in LANGS]
    assert len({tuple((one.part, one.nos) for one in draft) for draft in drafts}) == 1
    assert len({tuple(one.text for one in draft) for draft in drafts}) == len(LANGS)


def test_what_was_not_understood_is_told_as_that() -> None:
    unread = Assessed(urgency="urgent", assessed=False, could_be="urgent", lang="sv", basis_no=2, content_version="t")
    draft = draft_of((*STORY[:2], Told(3, "system", unread)), telling("sv"))
    assert [one.text for one in draft if one.part == "assessment"] == [
        "Tjänsten förstod inte tillräckligt för att bedöma."
    ]


def test_nobody_is_advised_what_nobody_said() -> None:
    assert [one for one in draft_of(STORY[:5], telling("en")) if one.part == "recommendation"] == []


BODIES = st.one_of(
    st.builds(Message, text=st.text(min_size=1, max_size=600)),
    st.builds(
        Answered,
        question=st.just("q"),
        wording=st.text(max_size=20),
        value=st.one_of(st.booleans(), st.text(max_size=9)),
    ),
    st.builds(Noted, text=st.text(min_size=1, max_size=40)),
    st.builds(SafetyNetGiven, text=st.text(min_size=1, max_size=40)),
)


@given(st.lists(st.tuples(st.sampled_from(["patient", "staff"]), BODIES), max_size=12), st.sampled_from(LANGS))
def test_every_sentence_rests_on_entries_there_are_and_no_note_of_colleagues(story: list, lang: Lang) -> None:  # type: ignore[type-arg]
    told = [Told(no, by, body) for no, (by, body) in enumerate(story, start=1)]
    draft = draft_of(told, telling(lang))
    notes = {one.no for one in told if isinstance(one.body, Noted)}
    for one in draft:
        assert one.nos
        assert set(one.nos) <= {entry.no for entry in told} - notes
        assert len(one.text) <= QUOTE_LIMIT + 100
    assert [one.part for one in draft] == sorted((one.part for one in draft), key=PARTS.index)
    patients = {one.no for one in told if one.by == "patient" and isinstance(one.body, Message)}
    assert patients <= {no for one in draft for no in one.nos}


def test_the_text_has_a_paragraph_for_each_part_that_says_something() -> None:
    sentences = (
        NoteSentence(part="recommendation", text="EKG.", nos=()),
        NoteSentence(part="situation", text="Ont i bröstet.", nos=(2,)),
        NoteSentence(part="background", text=" ", nos=(4,)),
    )
    assert written(sentences, "sv") == "Situation: Ont i bröstet.\n\nRekommendation: EKG."
