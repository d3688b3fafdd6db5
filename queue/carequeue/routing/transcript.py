"""How routing reads afterwards: a sentence a step. Units and nurses are named on the screen and in no document."""

from carequeue.routing.entries import NeedsSet, Outcome, PolicyName, RouteStep
from core.transcript.line import Line, Sentence, Telling

SAID: dict[tuple[PolicyName, Outcome], Sentence] = {
    ("chosen", "met"): Sentence("Enheten valdes.", "Enheten ble valgt.", "The unit was chosen."),
    ("chosen", "unknown"): Sentence(
        "Den valda enheten finns inte.", "Den valgte enheten finnes ikke.", "There is no such unit as was chosen."
    ),
    ("chosen", "takes_no_chat"): Sentence(
        "Den valda enheten tar inte emot chatt.",
        "Den valgte enheten tar ikke imot chat.",
        "The chosen unit takes no chats.",
    ),
    ("service", "gp"): Sentence(
        "Den valda tjänsten finns där patienten är listad.",
        "Den valgte tjenesten finnes hos pasientens fastlege.",
        "The chosen service is offered where the patient is registered.",
    ),
    ("service", "municipality"): Sentence(
        "Kommunen svarar för den valda tjänsten.",
        "Kommunen svarer for den valgte tjenesten.",
        "The municipality answers for the chosen service.",
    ),
    ("service", "hospital"): Sentence(
        "Sjukhuset svarar för den valda tjänsten.",
        "Sykehuset svarer for den valgte tjenesten.",
        "The hospital answers for the chosen service.",
    ),
    ("service", "elsewhere"): Sentence(
        "Den valda tjänsten finns på en annan enhet.",
        "Den valgte tjenesten finnes ved en annen enhet.",
        "The chosen service is offered at another unit.",
    ),
    ("service", "unknown"): Sentence(
        "Den valda tjänsten finns inte.", "Den valgte tjenesten finnes ikke.", "There is no such service as was chosen."
    ),
    ("service", "takes_no_chat"): Sentence(
        "Ingen enhet med den valda tjänsten tar emot chatt.",
        "Ingen enhet med den valgte tjenesten tar imot chat.",
        "No unit with the chosen service takes chats.",
    ),
    ("registered", "met"): Sentence(
        "Patienten är listad där.", "Pasienten hører til der.", "The patient is registered there."
    ),
    ("registered", "unknown"): Sentence(
        "Enheten där patienten är listad finns inte här.",
        "Enheten pasienten hører til, finnes ikke her.",
        "The unit where the patient is registered is not here.",
    ),
    ("registered", "takes_no_chat"): Sentence(
        "Enheten där patienten är listad tar inte emot chatt.",
        "Enheten pasienten hører til, tar ikke imot chat.",
        "The unit where the patient is registered takes no chats.",
    ),
    ("nearest", "same_provider"): Sentence(
        "En annan enhet hos samma vårdgivare.",
        "En annen enhet hos samme virksomhet.",
        "Another unit of the same care giver.",
    ),
    ("nearest", "any_unit"): Sentence(
        "Den första enheten som tar emot chatt.",
        "Den første enheten som tar imot chat.",
        "The first unit that takes chats.",
    ),
    ("opening", "overflow"): Sentence(
        "Enheten var stängd, en annan tar emot.",
        "Enheten var stengt, en annen tar imot.",
        "The unit was closed, another takes what comes.",
    ),
    ("opening", "stays"): Sentence("Enheten var stängd.", "Enheten var stengt.", "The unit was closed."),
    ("intake_cap", "overflow"): Sentence(
        "Enheten hade fullt för dagen, en annan tar emot.",
        "Enheten var full for dagen, en annen tar imot.",
        "The unit was full for the day, another takes what comes.",
    ),
    ("intake_cap", "stays"): Sentence(
        "Enheten hade fullt för dagen; kontakten väntar där ändå.",
        "Enheten var full for dagen; henvendelsen venter der likevel.",
        "The unit was full for the day; the contact waits there all the same.",
    ),
    ("competence", "needs"): Sentence(
        "Särskild kompetens behövs.", "Særskilt kompetanse trengs.", "A particular skill is needed."
    ),
    ("competence", "nobody"): Sentence(
        "Ingen där har kompetensen, alla kan ta den.",
        "Ingen der har kompetansen, alle kan ta den.",
        "Nobody there has the skill, anyone may take it.",
    ),
    ("language", "needs"): Sentence(
        "Patientens språk behövs.", "Pasientens språk trengs.", "The patient's language is needed."
    ),
    ("language", "nobody"): Sentence(
        "Ingen där kan språket, alla kan ta den.",
        "Ingen der kan språket, alle kan ta den.",
        "Nobody there has the language, anyone may take it.",
    ),
    ("continuity", "same_nurse"): Sentence(
        "Väntar en stund på den som känner patienten.",
        "Venter litt på den som kjenner pasienten.",
        "Kept for a moment for who knows the patient.",
    ),
    ("own", "met"): Sentence(
        "Den egna vägvalstjänsten valde.", "Den egne rutetjenesten valgte.", "The region's own routing service chose."
    ),
    ("own", "refused"): Sentence(
        "Den egna vägvalstjänstens svar kunde inte följas.",
        "Svaret fra den egne rutetjenesten kunne ikke følges.",
        "What the region's own routing service answered could not be followed.",
    ),
    ("own", "failed"): Sentence(
        "Den egna vägvalstjänsten svarade inte.",
        "Den egne rutetjenesten svarte ikke.",
        "The region's own routing service did not answer.",
    ),
    ("immediate", "free"): Sentence(
        "Omedelbart: alla kan ta den.", "Umiddelbart: alle kan ta den.", "Immediate: anyone may take it."
    ),
    ("widening", "over"): Sentence(
        "Har väntat så länge att alla kan ta den.",
        "Har ventet så lenge at alle kan ta den.",
        "It has waited so long that anyone may take it.",
    ),
    ("late", "stands_in"): Sentence(
        "Ingen hann i tid, en annan enhet tar över.",
        "Ingen rakk det i tide, en annen enhet tar over.",
        "Nobody came to it in time, another unit stands in.",
    ),
}
"""Every step a policy can leave."""


def say_steps(steps: tuple[RouteStep, ...], telling: Telling) -> str:
    """The steps as sentences, in their order."""
    return " ".join(SAID[step.policy, step.outcome](telling.lang) for step in steps)


def say_needs_set(body: NeedsSet, telling: Telling) -> Line:
    """What is needed now, and why that is other than before."""
    return Line(text=say_steps(body.steps, telling))
