"""What each figure is called and what it says, for who leads a unit; whole in docs/benefits.md."""

from care.benefits.kpis import Name
from core.transcript.line import Sentence

TITLES: dict[Name, Sentence] = {
    "reply_median": Sentence("Tid till svar: hälften", "Tid til svar: halvparten", "Time to an answer: half"),
    "reply_p90": Sentence("Tid till svar: nio av tio", "Tid til svar: ni av ti", "Time to an answer: nine in ten"),
    "in_time": Sentence("Svar i tid", "Svar i tide", "Answered in time"),
    "abandoned_before": Sentence("Avbrutna före svar", "Avbrutt før svar", "Abandoned before an answer"),
    "abandoned_after": Sentence("Avbrutna efter svar", "Avbrutt etter svar", "Abandoned after an answer"),
    "came_back": Sentence(
        "Sökte igen inom 72 timmar", "Tok kontakt igjen innen 72 timer", "Came again within 72 hours"
    ),
    "resolved_digitally": Sentence("Löst på distans", "Løst på avstand", "Resolved at a distance"),
    "emergency": Sentence(
        "Ambulans eller akutmottagning", "Ambulanse eller akuttmottak", "Ambulance or emergency department"
    ),
    "raised": Sentence("Höjda av människor", "Hevet av mennesker", "Raised by people"),
    "lowered": Sentence("Sänkta av människor", "Senket av mennesker", "Lowered by people"),
    "no_show": Sentence("Uteblivna", "Ikke møtt", "Missed times"),
    "use_chat": Sentence("Sökte vård i chatten", "Søkte hjelp i chatten", "Sought care by chat"),
    "use_video": Sentence("Videomöten", "Videomøter", "Video visits"),
    "use_forms": Sentence("Formulär", "Skjemaer", "Forms"),
    "use_booking": Sentence("Bokade tider", "Bestilte timer", "Booked times"),
}
TOLD: dict[Name, Sentence] = {
    "reply_median": Sentence(
        (
            "Minuter från att patienten kom tills en människa svarade. Hälften av dem som fick svar fick det inom"
            " den tiden."
        ),
        (
            "Minutter fra pasienten kom til et menneske svarte. Halvparten av dem som fikk svar, fikk det innen "
            "den tiden."
        ),
        (
            "Minutes from when the patient came until a person answered. Half of those who got an answer got it "
            "within that time."
        ),
    ),
    "reply_p90": Sentence(
        "Samma tid för nio av tio av dem som fick svar.",
        "Samme tid for ni av ti av dem som fikk svar.",
        "The same time for nine in ten of those who got an answer.",
    ),
    "in_time": Sentence(
        (
            "Andel som fick svar av en människa inom den tid som var lovad. De som inte fick svar räknas med när "
            "tiden gått ut."
        ),
        (
            "Andel som fikk svar av et menneske innen den tiden som var lovet. De som ikke fikk svar, telles med "
            "når tiden er ute."
        ),
        (
            "Share answered by a person within the promised time. Those who got no answer are counted once the "
            "time is over."
        ),
    ),
    "abandoned_before": Sentence(
        "Andel av de avslutade där patienten var borta innen någon hade svarat.",
        "Andel av de avsluttede der pasienten var borte før noen hadde svart.",
        "Share of those ended in which the patient was gone before anybody had answered.",
    ),
    "abandoned_after": Sentence(
        "Andel av de avslutade där patienten var borta efter att någon hade svarat.",
        "Andel av de avsluttede der pasienten var borte etter at noen hadde svart.",
        "Share of those ended in which the patient was gone after somebody had answered.",
    ),
    "came_back": Sentence(
        (
            "Andel där samma person sökte igen hos vårdgivaren inom 72 timmar efter avslutet, av samma skäl eller"
            " ett annat."
        ),
        (
            "Andel der samme person tok kontakt igjen med virksomheten innen 72 timer etter avslutningen, av "
            "samme grunn eller en annen."
        ),
        (
            "Share in which the same person came to the care giver again within 72 hours of the end, for the same"
            " reason or another."
        ),
    ),
    "resolved_digitally": Sentence(
        "Andel av de avslutade som fick svar och slutade med råd, videomöte, recept, intyg eller upplysning.",
        "Andel av de avsluttede som fikk svar og endte med råd, videomøte, resept, attest eller opplysning.",
        (
            "Share of those ended that were answered and ended with advice, a video visit, a prescription, a "
            "certificate or information."
        ),
    ),
    "emergency": Sentence(
        "Andel av de avslutade som slutade med 112 eller 113, eller på en akutmottagning.",
        "Andel av de avsluttede som endte med 112 eller 113, eller på et akuttmottak.",
        "Share of those ended that ended with 112 or 113, or at an emergency department.",
    ),
    "raised": Sentence(
        "Andel av de besvarade där en människa fann det mer brådskande än reglerna hade gjort.",
        "Andel av de besvarte der et menneske fant at det hastet mer enn reglene hadde sagt.",
        "Share of those answered that a person found more urgent than the rules had.",
    ),
    "lowered": Sentence(
        "Andel av de besvarade där en människa fann det mindre brådskande än reglerna hade gjort.",
        "Andel av de besvarte der et menneske fant at det hastet mindre enn reglene hadde sagt.",
        "Share of those answered that a person found less urgent than the rules had.",
    ),
    "no_show": Sentence(
        "Andel bokade tider dit ingen kom, av dem där det är noterat hur det gick.",
        "Andel bestilte timer der ingen kom, av dem der det er notert hvordan det gikk.",
        "Share of booked times that nobody came to, of those with a note of how they went.",
    ),
    "use_chat": Sentence(
        "Antal kontakter som kom in.",
        "Antall henvendelser som kom inn.",
        "How many contacts came in.",
    ),
    "use_video": Sentence(
        "Antal videomöten som öppnades i dem.",
        "Antall videomøter som ble åpnet i dem.",
        "How many video visits were opened in them.",
    ),
    "use_forms": Sentence(
        "Antal formulär som patienter skickade in i dem.",
        "Antall skjemaer som pasienter sendte inn i dem.",
        "How many forms patients sent in them.",
    ),
    "use_booking": Sentence(
        "Antal bokade tider, utom de avbokade.",
        "Antall bestilte timer, unntatt de avbestilte.",
        "How many times were booked, but for the cancelled.",
    ),
}
