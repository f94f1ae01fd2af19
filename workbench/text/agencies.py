"""News agencies and broadcasters, as their names stand in datelines, bylines and credits."""

AGENCIES = (
    "AAP",
    "AA",
    "AFP",
    "Agence France-Presse",
    "Agencies",
    "Anadolu Agency",
    "Anadolu",
    "ANI",
    "ANSA",
    "APA",
    "Associated Press",
    "AP",
    "Belga",
    "BNS",
    "CTK",
    "DPA",
    "dpa",
    "EFE",
    "FNA",
    "IANS",
    "Interfax",
    "IRNA",
    "ITAR-TASS",
    "KCNA",
    "KUNA",
    "Kyodo",
    "Lusa",
    "NTB",
    "PA",
    "PAP",
    "Petra",
    "Press Association",
    "PTI",
    "REUTERS",
    "Reuters",
    "RIA Novosti",
    "RIA",
    "SANA",
    "SPA",
    "Sputnik",
    "TASS",
    "Tasnim",
    "The Associated Press",
    "The Canadian Press",
    "Thomson Reuters",
    "UPI",
    "WAM",
    "Xinhua",
    "Yonhap",
)
"""They send to others; an article that names one was published by somebody else."""

BROADCASTERS = (
    "Al Arabiya",
    "Al Jazeera",
    "BBC",
    "BBC News",
    "Bloomberg",
    "CBS News",
    "CNN",
    "Deutsche Welle",
    "DW",
    "Fox News",
    "NBC News",
    "NPR",
    "Press TV",
    "RFE/RL",
    "RT",
    "Sky News",
    "VOA",
    "VOA News",
)
"""They publish what they report."""


def _alternatives(names: tuple[str, ...]) -> str:
    return "|".join(sorted((name.replace(" ", r"\s") for name in names), key=len, reverse=True))


AGENCY = _alternatives((*AGENCIES, *BROADCASTERS))
"""All names as alternatives of a regular expression, longest first."""

ONLY_AGENCY = _alternatives(AGENCIES)
"""The agencies' names alone."""

MEDIA = (
    r"\b(?:Agency|Bulletin|Chronicle|Courier|Daily|Dispatch|Echo|Examiner|Express|FM|Gazette|Globe"
    r"|Guardian|Herald|Independent|Inquirer|Journal|Ledger|Magazine|Mail|Media|Mercury|Mirror"
    r"|Monitor|Network|News|Newspapers?|Observer|Online|Post|Press|Radio|Record|Register|Report"
    r"|Reporter|Review|Sentinel|Service|Standard|Star|Sun|Telegraph|Television|Times|Today|Tribune"
    r"|TV|Weekly|Wire|World|Zeitung|Wikinews)\b|\w\.(?:com|org|net|info|tv|news|co|uk|eu|ru|de|fr)$"
)
"""A word by which the name of an outlet is known."""
