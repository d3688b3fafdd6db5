"""What stands in the archive of someone's own data, in their language."""

from core.transcript.line import Sentence

READ_ME = Sentence(
    "Det här är de uppgifter om dig som finns i tjänsten och som du har rätt att se (GDPR artikel 15 och 20).\n\n"
    "En mapp för varje kontakt:\n"
    "  conversation.html   samtalet att läsa i en webbläsare\n"
    "  fhir.json           samma samtal för andra vårdsystem (FHIR R4)\n"
    "  entries.json        varje post som den visas för dig, för datorer\n"
    "  files/              bilder och dokument\n\n"
    "Anteckningar mellan personalen och det som gäller andra personer finns inte med här. Vill du ha dem prövade för "
    "utlämnande, vänd dig till din vårdgivare. Där kan du också begära rättelse.\n\n"
    "Förvara filen säkert: vem som helst som har den kan läsa den.\n",
    "Dette er opplysningene om deg i tjenesten som du har rett til å se (GDPR artikkel 15 og 20).\n\n"
    "En mappe for hver henvendelse:\n"
    "  conversation.html   samtalen til å lese i en nettleser\n"
    "  fhir.json           samme samtale for andre helsesystemer (FHIR R4)\n"
    "  entries.json        hver post slik den vises for deg, for maskiner\n"
    "  files/              bilder og dokumenter\n\n"
    "Notater mellom ansatte og det som gjelder andre personer er ikke med her. Vil du ha dem vurdert for innsyn, "
    "henvend deg til helsetjenesten du har hatt kontakt med. Der kan du også be om retting.\n\n"
    "Oppbevar filen trygt: hvem som helst som har den kan lese den.\n",
    "These are the data about you in the service that you have the right to see (GDPR articles 15 and 20).\n\n"
    "One folder for each contact:\n"
    "  conversation.html   the conversation, to read in a browser\n"
    "  fhir.json           the same conversation for other care systems (FHIR R4)\n"
    "  entries.json        every entry as it is shown to you, for machines\n"
    "  files/              pictures and documents\n\n"
    "Notes between colleagues, and what concerns other people, are not in here. To have them considered for release, "
    "turn to your care provider. There you can also ask for corrections.\n\n"
    "Keep this file safe: whoever has it can read it.\n",
)
