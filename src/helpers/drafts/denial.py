"""Whether a sentence denies something near a number, or spreads it over time: what a comparison of words cannot see."""

from __future__ import annotations

import re

from helpers.drafts.spoken import Said

_DENIES = re.compile(
    r"\b(?:not|cannot|never|no longer|no one|nobody|none|neither|nor|no|without|except|unless|fail(?:s|ed)? to|refus\w+"
    r"|den(?:y|ies|ied|ying)|false|untrue|wrong|far from)\b|n[’']t\b"
    r"|\bun(?:paid|solved|answered|reported|registered|touched|changed|used|opened|finished|fulfilled|punished|resolved)\b"
    r"|\b(?:не|нет|ни|никто|никого|никак|никогда|нельзя|без|кроме|отказ\w+|отверг\w+|опроверг\w+|ложь|неверно)\b"
    r"|\bне(?=оплач|решён|решен|раскрыт|выполн|получ|подан|зарегистр)\w+"
    r"|\b(?:емес|жоқ|ешкім\w*|ешқандай|ешбір|ешқашан|бас тарт\w+|жалған)\b"
    r"|\b(?!көбей|кемей)\w{2,}[мбп][ае](?:ды|ді|ған|ген|йды|йді|й|пты|пті|с)(?:[мң]?\w{0,3})\b",
    re.IGNORECASE,
)
# What looks like a denial and is none: limits, additions, and that something is not said.
_NOT_DENYING = re.compile(
    r"\bno(?:t)? (?:fewer|less|more|later|earlier) than\b|\bnot (?:only|just|merely|least)\b|\bwithout waiting\b"
    r"|\bwithout (?:a |any )?(?:date|period|baseline|months?|complaint)\b"
    r"|\b(?:not|n[’']t)(?: \w+)? (?:say|said|state[ds]?|give[ns]?|print(?:ed)?|name[ds]?|known|dated|clear)\b"
    r"|\bне (?:только|просто|менее|более|раньше|позднее|указ\w+|назв\w+|назыв\w+|извест\w+|сообщ\w+)\b"
    r"|\b(?:көрсетілме|айтылма|аспай)\w*",
    re.IGNORECASE,
)


def denied(text: str, said: Said, wording: str = "") -> bool:
    """Whether a sentence may deny what it says of a number.

    Parameters
    ----------
    wording
        Of the source, and what its figure counts: what they deny themselves, a sentence may deny too.
    """
    plain = _NOT_DENYING.sub(lambda match: " " * len(match[0]), text)
    begin = max(plain.rfind(sign, 0, said.start) for sign in ",;:(–—") + 1
    # After the number a denial may stand far off: "two thirds of the fines, the ministry said, were not paid".
    stop = re.search(r"[;:]", plain[said.end :])
    end = said.end + stop.start() if stop else len(plain)
    found = _DENIES.search(plain, begin, said.start) or _DENIES.search(plain, said.end, end)
    return found is not None and not _DENIES.search(_NOT_DENYING.sub(" ", wording))


_RATE = re.compile(
    r"\b(?:a|per|each|every)\s+(?:day|week|month|year|hour)\b(?!\s+(?:earlier|before|ago|later|on|previously|until|to))"
    r"|\b(?:daily|weekly|monthly|yearly|annually|hourly)\b"
    r"|\bв (?:день|сутки|неделю|месяц|год|час)\b|\bкажд\w+ (?:день|недел\w+|месяц|год|час)\b"
    r"|\bеже(?:дневн|недельн|месячн|годн|часн)\w+|\b(?:күніне|аптасына|айына|жылына|сағатына)\b"
    r"|\b(?:күн|ай|жыл|апта) сайын\b",
    re.IGNORECASE,
)


def rated(clause: str, wording: str) -> bool:
    """Whether a clause says that so many are for each day, month or year, where the source does not."""
    return bool(_RATE.search(clause)) and not _RATE.search(wording)
