"""The bodies that meet: names, folders, places and offices of the city, the rest invented."""

from __future__ import annotations

from datetime import time
from typing import Final

from modelcity import draws, swedish
from modelcity.model import Body, Rule

_MON, _TUE, _WED, _THU, _FRI = range(5)
_TAMTA: Final = (
    "Gymnasie- och vuxenutbildningsförvaltningen, Olovsholmsgatan 32, plan 5, konferensrum Tämta"
)
_SECRETARIAT: Final = "Stadsledningskansliet, Sekretariatet, Stadshuset, Kungsgatan 55, Borås"
_TOWN_HALL: Final = "Kommunstyrelsens sessionssal, Stadshuset"


def _rule(weekday: int, hour: int, minute: int = 0, *, nth: int = 1) -> Rule:
    return Rule(weekday=weekday, clock=time(hour, minute), nth=nth)


def _committee(  # noqa: PLR0913 - one row of a table
    name: str,
    rule: Rule,
    place: str,
    office: str,
    about: str,
    *,
    archive: str | None = None,
    style: str = "education",
    image: str = "Ordförandeklubba",
    paged: bool = True,
    node: str | None = None,
) -> Body:
    """Give a nämnd: its pages lie under its own name twice."""
    return Body(
        name=name,
        rule=rule,
        place=place,
        office=office,
        about=about,
        folder=f"namnder/{swedish.squeeze(name)}",
        node=node or draws.node("body", name),
        listing=draws.node("listing", name) if paged else None,
        archive=archive,
        style=style,
        image=image,
    )


COUNCIL: Final = Body(
    name="Kommunfullmäktige",
    rule=Rule(weekday=_THU, clock=time(18), nth=4),
    place="Fullmäktiges sessionssal, Sturegatan",
    office=_SECRETARIAT,
    about="I fullmäktige sitter de folkvalda som bestämmer kommunens mål, budget och skatt.",
    folder="kommunfullmaktige",
    node=draws.node("body", "Kommunfullmäktige"),
    listing="1fef6289155e1318edf1824d",
    archive="tidigarear",
    style="council",
)
BOARD: Final = Body(
    name="Kommunstyrelsen",
    rule=Rule(weekday=_MON, clock=time(14), weeks=2, other_clocks=(time(14, 30),)),
    place=_TOWN_HALL,
    office=_SECRETARIAT,
    about="Styrelsen leder stadens arbete och förbereder det som fullmäktige ska besluta om.",
    folder="kommunstyrelsen",
    node="3043d72a150d717d8abcf6ed",
    listing="25d9ccc5150fb715b722801e",
    archive="tidigarear",
    style="board",
    image="Flygbild över stadshuskvarteret.",
)
CITY_COMPANY: Final = Body(
    name="Borås Stadshus AB",
    rule=Rule(weekday=_MON, clock=time(14), weeks=4),
    place=_TOWN_HALL,
    office=_SECRETARIAT,
    about="Moderbolaget håller ihop de bolag som staden äger.",
    folder="bolag/borasstadshusab",
    node=draws.node("body", "Borås Stadshus AB"),
    listing=None,
    archive=None,
    style="none",
    image="Sessionsalar",
)
CULTURE: Final = _committee(
    "Kulturnämnden",
    Rule(weekday=_MON, clock=time(17), nth=3, other_clocks=(time(13), time(15))),
    "Kulturhuset, Röda rummet",
    "Klusterhuset, Sturegatan 28",
    "Nämnden ansvarar för bibliotek, museer, scener och konst i staden.",
    archive="kuntidigarear",
    style="culture",
)
LABOUR: Final = _committee(
    "Arbetslivsnämnden",
    _rule(_TUE, 17, nth=4),
    "Arbetslivsförvaltningen Österlånggatan 72",
    "Arbetslivsförvaltningen, Österlånggatan 72, Borås",
    "Nämnden hjälper människor till arbete och egen försörjning.",
    image="Arbetslivsförvaltningens entré.",
    paged=False,
)
SIDEBAR_QUEUE: Final = (BOARD, CITY_COMPANY, BOARD, LABOUR, CULTURE)
"""The bodies of the sidebar as one saved page had them."""

AUDIT: Final = Body(
    name="Revisorskollegiet",
    rule=_rule(_WED, 9, nth=3),
    place="Revisionskontoret, Sturegatan 42, vån 3",
    office="Revisionskontoret, Sturegatan 42, vån 3",
    about="De förtroendevalda revisorerna granskar hur nämnder och styrelser sköter sitt uppdrag.",
    folder="revision/revisorskollegiet",
    node=draws.node("body", "Revisorskollegiet"),
    listing=None,
    archive=None,
    style="none",
)
RESCUE: Final = Body(
    name="Södra Älvsborgs Räddningstjänstförbund",
    rule=_rule(_FRI, 9, nth=3),
    place="Brandstationen",
    office="Södra Älvsborgs Räddningstjänstförbund, Administrationen",
    about="Förbundet delas av flera kommuner.",
    folder=None,
    node=draws.node("body", "Räddningstjänstförbund"),
    listing=None,
    archive=None,
    style="none",
    in_calendar=False,
)

_EDUCATION: Final = (
    _committee(
        "Förskolenämnden",
        _rule(_THU, 17, nth=3),
        "Förskoleförvaltningen sammanträdeslokal Borgstena, plan 1, Olovsholmsgatan 32",
        "Förskoleförvaltningen, Olovsholmsgatan 32, Borås",
        "Nämnden ansvarar för förskolor och annan verksamhet för de yngsta barnen.",
        style="preschool",
    ),
    _committee(
        "Grundskolenämnden",
        Rule(weekday=_TUE, clock=time(16), nth=4, other_clocks=(time(17),)),
        "Sessionssalen, Sturegatan 36 samt digitalt Microsoft Teams-möte",
        "Grundskoleförvaltningen, Olovsholmsgatan 32, Borås",
        "Nämnden ansvarar för skolan från förskoleklass till årskurs nio och för fritidshemmen.",
        style="school",
    ),
    _committee(
        "Gymnasie- och vuxenutbildningsnämnden",
        Rule(weekday=_TUE, clock=time(15), nth=3, other_clocks=(time(16), time(13))),
        _TAMTA,
        "Gymnasie- och vuxenutbildningsförvaltningen, Olovsholmsgatan 32",
        "Nämnden ansvarar för gymnasieskolor, komvux och den anpassade gymnasieskolan.",
        archive="gvuntidigarear",
    ),
)
_TECHNICAL: Final = (
    _committee(
        "Lokalförsörjningsnämnden",
        _rule(_TUE, 13, 15, nth=3),
        "Sessionssalen, Sturegatan 36 samt digitalt Microsoft Teams-möte",
        "Lokalförsörjningsförvaltningen, Sturegatan 36",
        "Nämnden bygger, hyr och sköter de lokaler som stadens verksamheter behöver.",
        style="premises",
        image="Nya förskolan Sjömarken",
    ),
    _committee(
        "Tekniska nämnden",
        _rule(_WED, 16, nth=4),
        "Sessionssalen, Sturegatan 36",
        "Tekniska förvaltningen, Sturegatan 36, Borås",
        "Nämnden sköter gator, parker, skog och färdtjänst.",
        archive="tntidigarear",
        style="premises",
        node="392266d31578efe53774bda3",
    ),
    _committee(
        "Samhällsbyggnadsnämnden",
        Rule(weekday=_THU, clock=time(13), weeks=2),
        "Kommunstyrelsens sessionssal, Stadshuset",
        "Samhällsbyggnadsförvaltningen, Stadshuset, Kungsgatan 55, Borås",
        "Nämnden prövar bygglov och gör detaljplaner.",
        archive="sbntidigarear",
    ),
    _committee(
        "Servicenämnden",
        _rule(_TUE, 15, nth=4),
        "Servicekontoret, lokal Ugglan plan 2",
        "Servicekontoret, Digitalt",
        "Nämnden utför tjänster åt stadens egna förvaltningar.",
        archive="sntidigarear",
        style="premises",
    ),
    _committee(
        "Miljö- och konsumentnämnden",
        _rule(_WED, 14, nth=3),
        "Kommunstyrelsens sessionssal, Stadshuset",
        "Miljöförvaltningen, Sturegatan 42, Borås",
        "Nämnden har tillsyn över miljö, livsmedel och tobak och ger råd till konsumenter.",
        archive="mkntidigarear",
    ),
)
_WELFARE: Final = (
    _committee(
        "Fritids- och folkhälsonämnden",
        _rule(_TUE, 17, 30, nth=2),
        "Norrbyhuset, Västra Nygatan 52",
        "Klusterhuset, Sturegatan 28, Borås",
        "Nämnden ansvarar för idrott, mötesplatser och folkhälsa.",
        archive="fofntidigarear",
        style="preschool",
    ),
    _committee(
        "Individ- och familjeomsorgsnämnden",
        Rule(weekday=_TUE, clock=time(13), weeks=2),
        "Distansmöte",
        "Österlånggatan 74, plan 2, Borås",
        "Nämnden ger stöd till barn, unga och familjer.",
        archive="ifontidigarear",
    ),
    _committee(
        "Vård- och äldrenämnden",
        _rule(_TUE, 16, nth=2),
        "Borås Kongress, konferenslokal Tacitus",
        "Vård- och äldreförvaltningen, Ramnåsgatan 1, plan 4, Borås",
        "Nämnden ansvarar för hemtjänst, hemsjukvård och boenden för äldre.",
        archive="vantidigarear",
        style="preschool",
    ),
    _committee(
        "Sociala omsorgsnämnden",
        _rule(_WED, 17, nth=2),
        "Borås Kongress, konferenslokal Tacitus",
        "Sociala omsorgsförvaltningen, Sturegatan 36, Borås",
        "Nämnden ger stöd till människor med funktionsnedsättning.",
        archive="sontidigarear",
    ),
    _committee(
        "Överförmyndarnämnden",
        _rule(_TUE, 13, nth=1),
        "Överförmyndarenheten, Bryggaregatan 5",
        "Överförmyndarenheten, Bryggaregatan 5",
        "Nämnden utser gode män och förvaltare och kontrollerar deras redovisning.",
        archive="ofntidigarear",
        style="premises",
    ),
    _committee(
        "Valnämnden",
        Rule(weekday=_TUE, clock=time(9), nth=1, months=(2, 4, 6, 9, 11)),
        _TOWN_HALL,
        _SECRETARIAT,
        "Nämnden ordnar de allmänna valen i kommunen.",
        paged=False,
    ),
)

BODIES: Final = (
    COUNCIL,
    BOARD,
    CITY_COMPANY,
    CULTURE,
    LABOUR,
    *_EDUCATION,
    *_TECHNICAL,
    *_WELFARE,
    AUDIT,
    RESCUE,
)
"""Every body that the city's pages have been seen to name."""
