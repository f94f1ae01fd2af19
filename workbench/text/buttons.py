"""Rows of buttons to share an article with, in the words of several languages."""

import re

_NETWORKS = (
    "facebook twitter x linkedin google pinterest tumblr reddit digg stumbleupon myspace "
    "delicious mixx tuenti menéame eskup flipboard whatsapp telegram viber instagram youtube "
    "tiktok vk vkontakte вконтакте одноклассники odnoklassniki weibo wechat line xing pocket "
    "messenger sms bluesky threads mastodon rss snapchat skype evernote livejournal"
)
_MEANS = "twittear twittern tweeter email e-mail print imprimir imprimer drucken stampa печать"
_VERBS = (
    "share shares tweet like likes post send save mail follow us on this via by to and "
    "recommend comment comments compartir enviar recomendar en a por partager sur envoyer "
    "teilen auf senden condividi su invia compartilhar no dela på del jaa udostępnij drukuj "
    "поделиться в отправить text link copy correo"
)
_SENDERS = frozenset(f"{_NETWORKS} {_MEANS}".split())
_OTHERS = frozenset(_VERBS.split())
_MOST = 20  # words
_WORD = re.compile(r"[^\s|/,·•+]+")
_COUNT = re.compile(r"\d[\d.,]*[km]?", re.IGNORECASE)
_GLUED = re.compile(
    r"(?:Facebook|Twitter|LinkedIn|Google\+?|Pinterest|WhatsApp|E-?[Mm]ail|Print){2,}"
)


def are_buttons(line: str) -> bool:
    """Say whether a line is nothing but networks, what one does with them, and counts.

    A network or a means of sending on must be among the words, and a lone word must be one.
    """
    words = [word.lower() for word in _WORD.findall(line)]
    if len(words) > _MOST:
        return False
    if _GLUED.match(line):
        return True
    others = [word for word in words if word not in _SENDERS]
    is_sent = len(others) < len(words)
    return is_sent and all(word in _OTHERS or _COUNT.fullmatch(word) for word in others)
