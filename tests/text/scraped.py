"""Pages as scrapers leave them, written for these tests: menus, buttons, counters and all."""

from tests.text.marked import gold

STATION = gold("""{boilerplate}Skip to main content
{boilerplate}Log in / Register
{boilerplate}You are logged in as
{boilerplate}News
{boilerplate}Weather
{boilerplate}Traffic
{boilerplate}Sports
{boilerplate}Investigations
{boilerplate}Your Money
{boilerplate}71°
{boilerplate}Close settings
{headline}Harbor pilots walk out over night shifts in Port Tarlow
{byline}Dana Whitlock, KPTL News 6:42 a.m. EST March 9, 2019
{boilerplate}Share on Facebook
{boilerplate}Facebook 212 Twitter 48 LinkedIn 3
{boilerplate}FacebookTwitterLinkedInPinterest
{boilerplate}Loading Your News...
{caption}A tanker waits off Port Tarlow on Friday. {credit}(Photo: Lou Marek, KPTL)
{body}Harbor pilots in Port Tarlow walked off the job at midnight, leaving 14 ships at anchor. ¦ \
The union says its 31 members have worked 19 night shifts in a row.
{boilerplate}Advertisement
{body}"You can't bring in a tanker on three hours of sleep," said union president Carla M. Bright. \
¦ The port declined to comment.
{boilerplate}Harbor pilots walk out over night shifts in Port Tarlow
{boilerplate}Check out this story on kptl.example: http://kptl.example/2Xy
{boilerplate}Sent!
{boilerplate}A link has been sent to your friend's email address.
{body}Gov. Ellen Dorsey said the state would step in "by the end of the week" if talks fail.
{boilerplate}You must login to comment.
{boilerplate}More Stories
{boilerplate}Man finds wallet lost in 1987
{boilerplate}Ferry fares to rise in April
{boilerplate}Privacy Policy
{boilerplate}© 2019 KPTL News. All rights reserved.
""")

DAILY = gold("""{boilerplate}Portada
{boilerplate}Internacional
{boilerplate}Política
{boilerplate}Economía
{boilerplate}Deportes
{headline}El puerto de Almenza cierra tras el choque de dos buques
{standfirst}El alcalde habla de “un milagro” y la oposición pide explicaciones al Gobierno regional
{byline}Lucía R. Ortega / Mario de Sanz Almenza 14 NOV 2016 - 09:31 CET
{boilerplate}Recomendar en Facebook 118
{boilerplate}Twittear 42
{boilerplate}Enviar a LinkedIn 0
{boilerplate}Enviar Imprimir
{caption}Los dos buques, ayer en la bocana. {credit}/ TERESA VALLE
{body}El puerto de Almenza sigue cerrado desde el domingo. ¦ Dos buques chocaron en la bocana \
hacia las 6.40 y uno perdió unas 300 toneladas de fuel, según la Sra. Ibarra, jefa de bomberos.
{body}«Nadie ha muerto, y eso es un milagro», dijo el alcalde.
{boilerplate}Compartir en WhatsApp
{boilerplate}Iniciar sesión
{boilerplate}Lo más leído
""")

PAPER = gold("""{boilerplate}Startseite
{boilerplate}Politik
{boilerplate}Wirtschaft
{boilerplate}Sport
{boilerplate}Kultur
{boilerplate}Anmelden
{headline}Streit um neue Schleuse: Hafenamt legt Zahlen vor
{dateline}Veröffentlicht am 03.05.2018, 11:20 Uhr
{boilerplate}Artikel drucken
{boilerplate}Auf Facebook teilen
{body}Das Hafenamt in Wendlau hat am Donnerstag Zahlen zur neuen Schleuse vorgelegt. ¦ Danach \
kostet der Bau ca. 48 Mio. Euro, also 12 Mio. mehr als geplant.
{boilerplate}Anzeige
{body}„Wir haben das 2016 so nicht wissen können“, sagte Amtsleiter Dr. Ruppert.
{boilerplate}Mehr zum Thema
{boilerplate}Lesezeit: 3 Min
{boilerplate}Kommentar schreiben
""")

AGENCY = gold("""{boilerplate}Главная
{boilerplate}Новости
{boilerplate}Политика
{boilerplate}Экономика
{boilerplate}Происшествия
{headline}В порту Верхнегорска загорелся склад
{dateline}12 мая 2017, 14:05
{boilerplate}1 204 просмотра
{boilerplate}Поделиться
{boilerplate}Версия для печати
{body}Склад площадью 800 кв. м загорелся в порту Верхнегорска в пятницу. ¦ Пострадавших нет, \
сообщили в управлении.
{body}«Огонь остановили за два часа», — сказал начальник смены И. П. Громов.
{boilerplate}Читайте также
{boilerplate}Мост закрыт на ремонт
{boilerplate}Войти
""")

TICKER = gold("""{boilerplate}Home » World » Lakes
{headline}Lake Mere ferry line to cut winter service
{boilerplate}Lake Mere ferry line to cut winter service
{byline}By Iris Colby | 2/3/14 5:10 PM GMT
{boilerplate}118 Comments
{boilerplate}RSS
{boilerplate}Email
{boilerplate}Print
{body}The ferry line on Lake Mere will sail twice a day from November, down from nine times.
{body}The line gave these dates for the last full timetable:
{body}North shore
{body}South shore
{body}Mere island
{body}Orlen pier
{body}Islanders said they would complain to the regulator.
{boilerplate}In this story
{boilerplate}Options
{boilerplate}Sign in to comment
""")

SCRAPED = {
    "station": (STATION, "en"),
    "daily": (DAILY, "es"),
    "paper": (PAPER, "de"),
    "agency": (AGENCY, "ru"),
    "ticker": (TICKER, "en"),
}
