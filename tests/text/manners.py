"""Articles written for these tests in the manners of many outlets, marked piece by piece."""

from tests.text.marked import gold

TABLOID = gold("""{boilerplate}Home | News | Sport | Showbiz
{headline}Furious gran, 71, battles £4.2m 'ghost ferry' that NEVER sailed
{standfirst}Residents of Wexcombe say the council has wasted a fortune on a boat nobody can board
{byline}By Dawn Tibbet For The Wexcombe Mail
{dateline}PUBLISHED: 07:12, 9 May 2022 | UPDATED: 10:44, 9 May 2022
{boilerplate}e-mail
{boilerplate}312 shares
{boilerplate}57
{boilerplate}View comments
{body}A furious gran has vowed to fight a £4.2m ferry which she says has 'never left the \
slipway'. ¦ \
Maureen Oake, 71, of St. Aldan's Road, has written to Cllr. P. J. Dunmore 46 times.
{body}'It's a joke,' she told the Mail. ¦ 'They've spent £4.2m. ¦ We could have had two buses!'
{caption}Angry: Maureen Oake, 71, pictured beside the ferry yesterday
{boilerplate}Scroll down for video
{subhead}'A SHOCKING WASTE'
{body}But Mr. Dunmore hit back last night. ¦ 'The vessel passed its trials on Jan. 14,' he said.
{boilerplate}RELATED ARTICLES
{boilerplate}Previous 1 Next
{boilerplate}READ MORE: Three seagulls 'stole my lunch', says postman
{body}A spokesman for Dunmore & Sons Ltd. declined to comment. ¦ Will it ever sail? ¦ Nobody \
knows...
{boilerplate}Share or comment on this article: Furious gran battles 'ghost ferry'
{boilerplate}Most watched News videos
""")

WIKINEWS = gold("""{headline}Landslide closes mountain railway in Orvelia
{dateline}Tuesday, April 12, 2016

{body}A landslide in the canton of Brenn closed the Upper Lisk Railway on Sunday, officials said. \
¦ \
Nobody was injured. ¦ Trains are to run again "by the end of May at the earliest", the \
operator said.

{caption}File photo of the railway at Upper Lisk.
{credit}Image: Tomas Reller.

{body}According to the operator, about 3,000 m³ of rock fell between 2:10 and 2:25 a.m. local \
time (0010 to 0025 UTC). ¦ Dr. Ines Aubert of the University of Brenn (UoB) said warmer \
winters were to blame. ¦ "What used to be frozen isn't," she said. ¦ "It moves."

{body}The following stations are closed:
{body}* Lower Lisk
{body}* Upper Lisk
{body}* Brenn West

{subhead}Background

{body}The line was opened in 1907. ¦ It was closed by slides in 1951, 1978 and 2003.

{boilerplate}Related news

{boilerplate}"Orvelia reopens pass after avalanche" — Wikinews, March 3, 2016
{boilerplate}"Storm cuts power in Brenn" — Wikinews, January 9, 2016

{boilerplate}Sources

{boilerplate}Greta Holm. "Slide shuts Lisk line". Brenn Daily, April 11, 2016
{boilerplate}"Railway closed until May". Radio Orvelia, April 11, 2016

{boilerplate}Have an opinion on this story? Share it!
""")

BUSINESS = gold("""{boilerplate}CORRECTED-UPDATE 2-{headline}Halden Motors cuts outlook as chip \
costs bite
{boilerplate}(Corrects figure in paragraph 3; adds analyst, shares)
{byline}By Petra Lindqvist and Omar N. Said
{dateline}STROMNES, Feb 3 (Northwire) - {body}Halden Motors Inc. (HLD.N) cut its full-year \
outlook on \
Thursday after net profit fell to $1.2 bn. from $1.9 bn. a year ago. ¦ Shares of the No. 3 \
carmaker fell 6.4 pct. in early trade.
{body}Chief Executive Officer J.T. Brandvold blamed Kestrel Corp., its chip supplier. ¦ "Kestrel \
Corp. \
doubled its prices in Q4," he said on a call. ¦ Kestrel Corp. declined to comment.
{body}Sales rose 2.1% to 14.3 billion crowns ($1.6 billion) vs. 14.0 billion. ¦ Analysts at Dray, \
Hume & Co. had expected 14.9 billion, i.e. growth of about 6%.
{body}* Q4 EBIT 410 mln vs 655 mln
{body}* Proposes dividend of 1.10 per share
{body}"It isn't a collapse. ¦ It's a warning," said Ana Pohl, an analyst at Marsh Bros. in New \
Aldin. ¦ \
The stock has lost a third of its value since Nov. 11.
{body}($1 = 8.9375 crowns)
{byline}(Reporting by Petra Lindqvist; additional reporting by Omar N. Said; editing by L. Moe)
{boilerplate}Our Standards: The Northwire Principles of Trust.
""")

LOCAL = gold("""{headline}Deputies: Man drove stolen snowplow through Pine Fork drive-thru
{byline}By Katie Brunner | KPFX News
{dateline}Published: Feb. 11, 2023 at 6:02 PM CST|Updated: Feb. 12, 2023 at 9:15 AM CST
{boilerplate}Share on Facebook
{boilerplate}Email This Link
{dateline}PINE FORK, Minn. (KPFX) - {body}A Pine Fork man is in jail after deputies say he drove \
a stolen \
snowplow through the drive-thru of a Main St. restaurant.
{body}The Arrow County Sheriff's Office said deputies were called to 1200 S. Main St. at 1:15 a.m. \
Saturday. ¦ Sgt. Bill Haugen said the driver, identified as Troy D. Lund, 34, "wanted a \
cheeseburger."
{body}"He ordered. ¦ He paid. ¦ Then he kept on driving," Haugen said.
{body}Lund was booked into the Arrow County Jail on charges of theft and first-degree damage to \
property. ¦ Bail was set at $20,000.
{caption}Security video shows the plow leaving the parking lot. {credit}(Courtesy: Pine Fork Burger)
{body}The case is being handled by the U.S. Attorney's Office in St. Paul. ¦ Anyone with \
information is \
asked to call 555-0142.
{boilerplate}Copyright 2023 KPFX. All rights reserved.
{boilerplate}Most Read
{boilerplate}Winter storm warning for six counties
{boilerplate}Pine Fork school board to meet Monday
{boilerplate}Three ways to keep your pipes from freezing
{boilerplate}Latest News
""")

SPORT = gold("""{headline}Hollins hits late winner as Tarn Rovers stun Kell
{dateline}Sat 4 Nov 2023
{byline}By Gareth Pugh at the Old Bank

{body}Substitute Joe Hollins scored in the 93rd minute as Tarn Rovers beat Kell City 2-1. ¦ It was \
Rovers' first win over City since Aug. 2009.

{body}City led at half-time through Amadi (31 min.), but Rovers levelled via a penalty by R. \
Vance. ¦ \
"What a night!" said manager Lou Marsh. ¦ "I told them: keep going."

{subhead}Line-ups

{body}Tarn Rovers (4-4-2): Dean; Polk, Osei, Ward, Lin; Vance, Hart, Bo, Reyes; Stone, Hollins.
{body}Kell City (4-3-3): Brand; Ito, Moss, Kane, Dupre; Cole, Amadi, Ruiz; Fox, Lund, Okoro.

{subhead}What they said

{body}Marsh: "Joe has waited for this. ¦ Nobody works harder than him."
{body}City coach Di Natale: "We were poor. ¦ No excuses."
""")

INTERVIEW = gold("""{headline}‘I never trusted the map’: ten questions for the woman who walked \
round a sea

{standfirst}Explorer Runa Veil on blisters, bears and boredom

{byline}Interview by Felix Orde

{caption}Runa Veil at her home in Skarn. {credit}Photograph: Ida Moen/The Northern Observer

{subhead}Why a sea?

{body}Because it was there, I suppose. ¦ Everybody climbs mountains. ¦ Nobody walks round things.

{subhead}Were you ever afraid?

{body}Once. ¦ A bear came into the tent at 3 a.m. and ate the map. ¦ “Take it,” I said.

{subhead}What did you learn?

{body}That my brother was right… ¦ You can’t walk home from everything.

{body}Q: And the shoes?

{body}A: Four pairs. ¦ I burnt the last.

{boilerplate}Sign up to our Weekend newsletter
{boilerplate}This interview has been edited for length and clarity.
""")

BROADCASTER = gold("""{headline}Sorrel crash: Eleven dead as coach leaves mountain road

{dateline}16 October 2018

{boilerplate}From the section Europe

{boilerplate}Share this with
{boilerplate}Facebook
{boilerplate}Messenger
{boilerplate}Copy this link
{boilerplate}These are external links and will open in a new window

{boilerplate}Media playback is unsupported on your device
{caption}Media caption Rescue teams worked through the night

{body}At least 11 people have died after a coach left a mountain road in Sorrel.

{credit}Image copyright EPA
{caption}Image caption The coach fell about 60m (197ft) into a gorge

{body}Police say the driver, 54, is among the dead. ¦ "It is a dark day," said Interior Minister \
Lev Brod.

{subhead}What happened?

{body}The coach was carrying pupils from St. Anne's School to the coast. ¦ It came off the B12 at \
about 22:40 (20:40 GMT).

{boilerplate}More on this story
{boilerplate}Six hurt in Sorrel tram crash
{boilerplate}Published
{dateline}3 May 2017
{boilerplate}Sorrel country profile
{boilerplate}Related Topics
{boilerplate}Sorrel
""")

STATE_AGENCY = gold("""{headline}Air force destroys 12 pirate depots in Gulf of Arn in past 24 hours

{dateline}Published time: 14 Oct, 2016 11:52
{boilerplate}Edited time: 14 Oct, 2016 12:40
{boilerplate}Get short URL

{caption}A jet takes off from the Lorn airbase. {credit}© Ministry of Defence of Norland

{body}Norland's jets have hit 12 depots in the Gulf of Arn, the ministry said.

{boilerplate}READ MORE: Pirates 'on the run' in Gulf of Arn, admiral says

{body}The depots were found by drones, Maj. Gen. Igor Palt told reporters. ¦ "Not one civilian was \
there... ¦ None," he stressed.

{boilerplate}#Norland jets in numbers pic.twitter.com/abcdEF12
{boilerplate}— NorlandNow (@norlandnow) October 14, 2016

{body}The opposition says otherwise. ¦ It counts 40 dead.

{boilerplate}DETAILS TO FOLLOW
""")

OPEN_LETTER = gold("""{body}From: Lena Ort <lena.ort@lakes.example>
{body}Subject: RE: Minutes of Tuesday's meeting

{body}Hi Sam,

{body}thanks for the minutes! ¦ I've two corrections: the vote was 7-2 (not
7-3), and Mr. Pell left at 5 p.m., before it. ¦ He told me so himself.

{body}As for the budget, nobody has seen it yet :-) ¦ Could you ask Ms. Roe for
a copy? ¦ Her number is 555 0199, ext. 12. ¦ Thanks again!!

{body}Best,
{body}Lena
""")

WRAPPED = gold("""{headline}DAM INQUIRY HEARS OF SECOND LETTER

{dateline}LISK, Orvelia, June 2 (AP) _ {body}The engineer who warned that the Lisk
dam would leak wrote a second letter, an inquiry heard on Monday.
¦ It was addressed to then-Gov. Hal R. Stone.

   {body}``I wrote because nobody had answered,'' Edwin Marsh, 68, told
the panel. ¦ ``Nobody answered that one either.''

   {body}The state, which built the dam in 1961, says that it has no
record of either letter. ¦ A lawyer for the state called the matter
``a question of filing.''

{boilerplate}AP-LI-06-02-87 1412EDT
""")

MANNERS = {
    name.lower(): found for name, found in list(globals().items()) if hasattr(found, "segments")
}
