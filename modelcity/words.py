"""The model's own Swedish: agenda titles, decisions, news and sentences, all invented."""

from __future__ import annotations

from typing import Final

TITLES: Final = (
    "Budgetuppföljning efter årets första månader",
    "Yttrande över remiss om stadens klimatplan",
    "Svar på granskning av intern kontroll",
    "Plan för tillgänglighet i offentliga lokaler",
    "Ansökan om föreningsbidrag",
    "Revidering av dokumenthanteringsplan",
    "Upphandling av måltider",
    "Lägesbild av personal och arbetsmiljö",
    "Strategi för digital service",
    "Förstudie om ny mötesplats i Viskadalen",
    "Avgifter för nästa år",
    "Riktlinjer för representation",
    "Uppföljning av målen för folkhälsa",
    "Val av ombud till årsstämma",
    "Inrättande av råd för unga",
    "Handlingsplan mot buller",
    "Gestaltning av gångstråk längs ån",
    "Investeringar i lokaler och utrustning",
    "Redovisning av synpunkter och klagomål",
    "Samverkansavtal med grannkommuner",
    "Beredskapsplan för värmeböljor",
    "Översyn av öppettider",
    "Rapport om energianvändning",
    "Program för biologisk mångfald",
    "Internhyror kommande år",
    "Stipendier och utmärkelser",
    "Delårsrapport",
    "Plan för cykelparkeringar",
    "Attestlista och firmatecknare",
    "Sammanträdesdagar nästa år",
    "Avtal om arrende",
    "Medborgarförslag om fler bänkar",
    "Ordning för brukarråd",
    "Markanvisning i Östra stråket",
    "Samråd om översiktsplan",
    "Försäljning av mark för småhus",
    "Tidsplan för skolskjutsar",
    "Utvärdering av sommarens verksamhet",
    "Motion om gröna tak",
    "Köp av biogasfordon",
    "Årlig rapport om dataskydd",
)
OUTCOMES: Final = (
    "Förslaget godkänns, och förvaltningen återkommer med en tidsplan före hösten.",
    "Ärendet skickas vidare till fullmäktige med förslag om att det bifalls.",
    "Rapporten läggs till handlingarna. En ny redovisning lämnas när året är slut.",
    "Pengarna fördelas enligt förvaltningens förslag och betalas ut under kvartalet.",
    "Beslutet skjuts upp, eftersom underlaget behöver kompletteras med en kostnadsberäkning.",
    "Yttrandet antas som svar på remissen och lämnas samma dag.",
    "Riktlinjerna börjar gälla vid årsskiftet och ersätter de tidigare.",
)
GENERAL_NEWS: Final = (
    ("Ny belysning längs gångvägarna i stadsparken", "Lamporna byts kvarter för kvarter"),
    ("Biblioteken håller öppet längre under hösten", "Fler kvällar och söndagar prövas"),
    ("Så påverkas trafiken när bron får nytt räcke", "Ett körfält i taget stängs av"),
    ("Staden söker nya platser för odlingslotter", "Boende kan lämna tips till och med april"),
    ("Gratis prova på-kurser i simhallen", "Alla åldrar är välkomna under lovet"),
    ("Återbruket flyttar till större lokaler", "Det blir plats för verkstad och kafé"),
    ("Träd planteras på skolgårdar", "Skugga och lek ska få plats tillsammans"),
    ("Enklare att boka idrottshallar", "Bokningen fungerar nu i mobilen"),
    ("Elever visar uppfinningar i kongresshuset", "Över femtio uppfinningar ställs ut"),
    ("Ny karta visar stadens dricksvattenkranar", "Kartan uppdateras av de som sköter dem"),
    ("Vinterväghållningen börjar med huvudlederna", "Därefter kommer gång- och cykelvägar"),
    ("Konst på elskåp längs ån", "Motiven är ritade av barn"),
)
FILLER: Final = (
    "Arbetet görs i etapper så att verksamheten kan vara igång hela tiden.",
    "Den som vill veta mer kan läsa underlagen eller ringa växeln.",
    "Pengarna ryms inom den budget som redan är beslutad.",
    "Flera förvaltningar har varit med och tagit fram förslaget.",
    "Resultatet följs upp varje halvår och redovisas öppet.",
)
NEWS_INTRO: Final = (
    "Här är en kort genomgång av vad som togs upp och vad det betyder. "
    "Hela protokollet kommer när det är justerat, och webbsändningen går att se i efterhand "
    "tillsammans med handlingarna."
)
SUMMARY_INTRO: Final = "Så här beslutades i några av mötets ärenden."
SUBJECTS_LEAD: Final = "Förslaget handlar om stadens ansvar och kostnader de närmaste åren."
PARTIES: Final = ("M+KD", "SD", "V", "MP+C", "L", "S")
COUNCIL_NOTES: Final = "Nämndernas och bolagens årsredovisningar"
BANNER: Final = "Tillfälligt ändrade öppettider i stadens receptioner"
INNOVATION: Final = (
    "Nya sätt att arbeta behövs när fler ska få service och färre ska betala för den.",
    "Därför provar förvaltningarna idéer tillsammans med de som ska använda resultatet.",
    "Ett prov ska vara så litet att det går att avbryta, och så tydligt att det går att mäta.",
    "Det som fungerar skrivs ner och delas. Det som inte fungerar skrivs också ner.",
    "En gång om året samlas erfarenheterna och de bästa idéerna får pengar för att bli vardag.",
)
