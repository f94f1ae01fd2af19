"""What web pages write around an article, as regular expressions of whole lines and of openings.

They are matched against short lines only, and no word of prose stands among them alone: a line
of the article that is lost costs more than a line of the page that is kept.
"""

import re

_I = re.IGNORECASE


def _any(*phrases: str) -> str:
    return "|".join(f"(?:{phrase})" for phrase in phrases)


LINKS = re.compile(
    _any(
        r"(?:related|more|similar|recommended|further|other|previous)(?: internet)?"
        r" (?:articles?|stor(?:y|ies)(?: like this)?|news|topics?|content|links?|coverage|posts"
        r"|reading|headlines"
        r"|videos?|tags|subjects)",
        r"related",
        r"more on this(?: story)?|more from .{1,40}|more about .{1,40}|more in .{1,30}",
        r"(?:the )?most (?:read|viewed|popular|shared|commented|watched|recent"
        r"|clicked)(?: .{1,30})?",
        r"(?:the )?latest(?: (?:headlines|news|stories|videos?|updates|from .{1,30}))?",
        r"(?:top|breaking|featured|trending|popular) (?:stories|news|posts|headlines|now|topics)",
        r"trending|popular|just in|headlines|in other news|don['’]t miss|must (?:read|watch)s?",
        r"(?:also |what to )?read(?: also| next| more)?|see also|you (?:may"
        r"|might) (?:also )?(?:like|be interested in)"
        r"|recommended(?: for you| by .{1,20})?|editors?['’]?s? (?:picks?|choice)|up next"
        r"|more news",
        r"elsewhere on .{1,30}|from other .{1,40} sites|around the web|from the web"
        r"|promoted .{1,20}"
        r"|sponsored (?:content|links|stories)|from our partners|paid content"
        r"|today['’]s (?:top .{1,20}|headlines)",
        r"tags|topics|categories|filed under|explore more|read more on .{1,30}|on this topic",
        r"читайте также|по теме|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|sur le même"
        r" sujet|le[ae]r? también|te puede interesar|leia (?:também|mais)|leggi anche|lees ook"
        r"|läs (?:också|mer)|les også|læs også|czytaj (?:także|też)|čtěte také|lue myös"
        r"|関連記事|相关(?:新闻|阅读)|اقرأ أيضا",
    ),
    _I,
)
"""A heading over a list of links."""

SOURCES = re.compile(
    r"(?:sources?|references|external links?|footnotes|endnotes|bibliography|related news"
    r"|sister links|further reading)",
    _I,
)
"""A heading over a list of works, whose entries may end in a full stop."""

MENU = re.compile(
    _any(
        r"all (?:news|bulletins|stories|articles|categories|sections)",
        r"(?:show|load|see|view|read|watch|hide|get) (?:(?:more|all|less)(?: .{1,20})?|comments?"
        r"|(?:the )?(?:full )?(?:gallery|slideshow|transcript|caption|thread|full image)|as list)",
        r"(?:share|e-?mail|print|save|post|tweet|copy|bookmark|send|like|follow|embed)"
        r"(?: (?:this|it|us|on|via|with|to|by|page|link|article|story|the|a))*"
        r"(?: (?:article|story|page|link|post|comment|embed|code|friends?|friend|with"
        r"|(?:on |via |to |by )?(?:facebook|twitter|x|linkedin|whatsapp|reddit|telegram|e-?mail"
        r"|pinterest|messenger|sms)))*",
        r"share (?:or comment )?on this article:?.{0,120}"
        r"|share or comment on this article:?.{0,120}",
        r"tweet|facebook|twitter|whatsapp|linkedin|telegram|instagram|youtube|pinterest|messenger"
        r"|reddit|tumblr|google\+?|flipboard|viber|rss|vk|odnoklassniki|tiktok|bluesky|threads",
        r"(?:close )?(?:share )?panel|copy (?:this )?(?:link|url|shortlink)|get (?:short )?(?:url"
        r"|link)"
        r"|copied!?|link copied.{0,20}|read more about sharing|about sharing",
        r"comments?(?: off)?|(?:no|add|leave|post|write|join)(?: an?| your| the)?"
        r" (?:comments?|reply|conversation|discussion)|reply|report (?:a typo|an error|this ad"
        r"|comment)|submit a (?:correction|tip|story)|corrections?(?: policy)?|(?:contact|tip) us",
        r"advert(?:isement|isements|ising|ise with us|s)?|ad|sponsored(?: by .{1,30})?"
        r"|(?:the )?(?:story|article) continues (?:below|after).{0,30}|ad feedback"
        r"|skip ad(?:vertise"
        r"ment)?|scroll (?:down )?(?:for|to) .{1,40}|continue reading.{0,40}|skip (?:past"
        r"|to) .{1,40}",
        r"subscribe(?: (?:now|today|here))?|sign[ -](?:in|up|out)(?: (?:now|here))?|log ?(?:in|out)"
        r"|register(?: now)?|newsletters?|my account|donate(?: now)?|become a member"
        r"|subscriber only",
        r"(?:go to |back to )?(?:home(?:page)?|top|main (?:page|content))|search|(?:main )?menu"
        r"|sections?|navigation|skip (?:to )?(?:main )?(?:content|navigation)|site ?map"
        r"|toggle .{1,20}",
        r"(?:previous|next|prev)(?: (?:article|story|post|image|slide|page|\d+|next))*"
        r"|\d{1,3} (?:of|/) \d{1,3}|page \d{1,3}(?: of \d{1,3})?|gallery"
        r"|slideshow(?: \(.{1,20}\))?",
        r"listen(?: to (?:this )?(?:article|story|audio).{0,20})?|watch(?: (?:now|live|more"
        r"|again))?"
        r"|live|play(?: (?:video|audio))?|replay|now playing|pause|mute|autoplay|full ?screen"
        r"|(?:listen|watch|read) \(?\d+ min(?:ute)?s?\)?|\d+ min(?:ute)?s? (?:read|listen|watch)",
        r"about us|contact(?:s)?|privacy(?: policy| notice)?|terms(?: (?:of|and|&) .{1,20})?"
        r"|cookies?(?: policy| settings)?|accept(?: all)?(?: cookies)?|impressum|jobs|careers|faqs?"
        r"|accessibility(?: help| statement)?|do not sell .{1,40}|ad ?choices|help(?: centre"
        r"| center)?",
        r"story highlights|must watch|just watched|hide caption|toggle caption|enlarge this image"
        r"|zoom|expand|collapse|view (?:image|photos?|gallery|slideshow).{0,10}"
        r"|(?:\d+ )?photos?|(?:\d+ )?images?|video|explained|explainer|enditem|ends"
        r"|details to follow"
        r"|more (?:to follow|details soon)|developing story|text size|font size|default|a-|a\+",
        r"(?:log|sign)(?:ged)? ?(?:in|out|up)?(?: ?/ ?(?:log ?in|sign ?(?:in|up)|register|join))+"
        r"|you(?:['’]re| are) (?:now )?(?:logged|signed) (?:in|out).{0,40}|edit profile|my profile"
        r"|(?:you )?must (?:be )?(?:log|sign)(?:ged|ed)? ?in to .{1,30}|recommend(?: this)?"
        r"|(?:log|sign) ?in to (?:comment|reply|continue|read|save).{0,30}|not a member\??"
        r"|reset|view (?:all|article|full article|caption|larger|original|on .{1,20})"
        r"|full (?:story|screen|forecast)|cancel(?:send)?|close(?: .{1,12})?|settings"
        r"|open settings|feedback|send|sent!|posted!"
        r"|a link has been (?:sent|posted) to .{1,40}"
        r"|navigate|find stories by|search site|loading.{0,30}"
        r"|let friends in your social network know .{1,40}|on this page"
        r"|(?:story|article|page) tools|in this (?:story|article|section)|jump to .{1,30}"
        r"|click to (?:expand|share|enlarge|copy|view|play|listen).{0,30}|options"
        r"|print page|what['’]s this\??",
        r"re-?use this content|support (?:us|the guardian)|send any friend a story"
        r"|loading(?:\.\.\.)?"
        r"|english (?:bulletin|version|edition)|leer en español|comments are closed|photo gallery",
        r"get (?:breaking )?news alerts|enjoyed this article\? share it|trends|news ?id ?\d*"
        r"|do you want to receive .{1,60}|(?:you can )?share this (?:story|article) on .{1,30}"
        r"|as a subscriber, you have .{1,60}",
        r"this (?:story|article|video) (?:is|was|has been) .{0,60}(?:updated|not available|old)"
        r"|(?:media )?playback is (?:not supported|unsupported) on (?:your|this) device"
        r"|no media source currently available|the code has been copied to your clipboard"
        r"|the url has been copied to your clipboard|these are external links.{0,60}",
        r"have an opinion (?:on|about) this (?:story|article)\? share it!?"
        r"|from the section .{1,30}",
        r"читать далее|подробнее|поделиться|подписаться|реклама|комментарии|anzeige"
        r"|werbung|teilen|kommentare?|mehr|weiterlesen|publicité|partager|compartir|publicidad"
        r"|publicidade|pubblicità|condividi|condividere|delen|dela|reklam[ae]?|続きを読む|広告",
    ),
    _I,
)
"""A whole line of the page: a button, a menu, an advertisement, a player."""

APPEAL = re.compile(
    _any(
        r"(?:read (?:more|also|next|on|our full coverage)|also read|see also|see more"
        r"|watch(?: also)?"
        r"|related(?: (?:articles?|stor(?:y|ies)|news|links?|coverage|reading))?|recommended"
        r"|more(?: on"
        r" this)?|tags?|topics?|keywords|categor(?:y|ies)|filed under|follow us|share this"
        r"|click here"
        r"|don['’]t miss|up next|news id|short link|listen|must read"
        r"|in pictures|in photos)\s?[:：]",
        r"(?:read|also read|read more|see also|more)\s?[|»›>]",
        r"(?:follow|like|join|find) (?:us|@\w+|.{1,40}) on (?:facebook|twitter|x|instagram|telegram"
        r"|whatsapp|youtube|social|google|linkedin)",
        r"click here(?: to| for|$)|tap here|sign up (?:for|to|now|here|today)|subscribe (?:to|for"
        r"|now)"
        r" .{0,20}|(?:download|get) (?:our|the) .{0,30}(?:app|newsletter|alerts?)|join our"
        r"|get (?:our|the latest) .{0,40}(?:inbox|newsletter|news|headlines)"
        r"|register (?:now )?for free"
        r"|enter your email|your email address|support (?:our|independent) .{0,20}journalism"
        r"|(?:to )?(?:contact|email|reach) the (?:author|reporter|editor|writer)\b|email the author"
        r"|have you (?:got )?a story|do you have a story|got a tip|send (?:us )?your (?:story"
        r"|tips)",
        r"(?:©|\(c\)|copyright\b(?: ?(?:©|\(c\)|\d{4}| (?-i:(?=[A-Z]))))).{0,160}$",
        r".{0,160}\ball rights reserved\b",
        r"this (?:material|story|article|content|report) may not be (?:published|reproduced|re)",
        r"this (?:site|website|page|article) uses|we use cookies|by (?:using"
        r"|continuing to use) this",
        r"(?:our|the) .{0,30}(?:standards|principles)\s?:|please (?:use|enable|upgrade|read our"
        r"|turn on) .{0,40}(?:browser|javascript|comments?|rules|policy)",
        r"published in\b.{0,40}\d{4}$|a version of this (?:article|story) (?:appear|first|was)"
        r"|this (?:article|story|interview|piece|post|report|transcript) (?:(?:has been|was|is)"
        r" (?:edited|amended|updated|corrected|republished|translated|originally|first|part of"
        r"|produced|generated|published)|(?:first|originally) (?:appeared|published|ran)"
        r"|is more than|features? first-hand)",
        r"see the article in its original context|anadolu agency website contains|trends:"
        r"|the bbc is not responsible for|(?:the )?.{1,40} is not responsible for the content of",
        r"check out this (?:story|article|video) on\b|to find out more about .{1,40} please read"
        r"|you must (?:be )?(?:log|sign)(?:ged|ed)? ?in\b.{0,40}$",
        r"the views expressed (?:in|by|here)|opinions expressed (?:in|by|here)",
        r"read (?:the )?full (?:story|article)|read (?:it|this|more) (?:here|at|on)\b"
        r"|(?:the )?(?:story|article) continues (?:below|after)",
        r"(?:читайте также|фото|lesen sie auch|mehr zum thema|(?:à )?lire aussi|leer también|lea"
        r" también|leia também|leggi anche|lees ook|läs också|les også|czytaj także"
        r"|čtěte také)\s?:",
        r"责任编辑|（?编辑[:：]|подписывайтесь на|suivez-nous|folgen sie uns|síguenos|siga-nos",
    ),
    _I,
)
"""The opening of an appeal, a link in the text, or a legal notice."""
