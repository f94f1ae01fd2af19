"""What web pages write around an article in languages other than English: whole lines."""

import re

_LINES = (
    # German
    r"startseite|anmelden|abmelden|registrieren|abo(?:nnement)?|abonnieren|merken|drucken|schließen"
    r"|zur startseite|artikel (?:teilen|drucken|merken|anhören)|(?:mehr|alle) anzeigen|themen"
    r"|(?:auf |via |per )?(?:facebook|twitter|whatsapp|e-?mail|x) teilen|zum (?:inhalt|hauptinhalt)"
    r"(?: springen)?|mehr lesen|lesezeit:? .{1,20}|auch interessant|meistgelesen|newsletter"
    r"|kommentar(?:e)? (?:schreiben|lesen|anzeigen)|\d+ kommentare?|datenschutz|barrierefreiheit",
    # French
    r"accueil|(?:se )?connexion|se connecter|s['’]abonner|abonnez-vous|je m['’]abonne|imprimer"
    r"|lire la suite|voir plus|fermer|à la une|les plus lus|temps de lecture:? .{1,20}|réagir"
    r"|(?:envoyer|partager) (?:par e-?mail|sur .{1,20}|cet article)|(?:\d+|aucun) commentaires?"
    r"|mentions légales|aller au contenu(?: principal)?|article réservé aux abonnés|écouter",
    # Spanish, Portuguese, Italian
    r"inicio|portada|iniciar sesión|suscríbete|suscribirse|imprimir|leer más|ver más|cerrar"
    r"|lo más (?:leído|visto)|últimas noticias|(?:enviar|compartir) (?:por|en) .{1,20}"
    r"|\d+ comentarios?|comentarios|ir al contenido|aviso legal|temas(?: relacionados)?",
    r"início|entrar|assine(?: já)?|leia mais|ver mais|fechar|mais lidas|últimas notícias"
    r"|(?:enviar por|compartilhar (?:no|via)) .{1,20}|ouvir|tópicos",
    r"accedi|abbonati|stampa|leggi (?:di più|tutto)|chiudi|i più letti|ultime notizie|commenti"
    r"|condividi (?:su|via) .{1,20}|tempo di lettura:? .{1,20}|vai al contenuto|ascolta",
    # Dutch and the Nordic languages
    r"inloggen|abonneer(?: nu)?|lees (?:meer|verder)|meest gelezen|reacties|afdrukken|sluiten"
    r"|deel (?:dit artikel|op .{1,20})|\d+ reacties?",
    r"logga in|prenumerera|läs mer|mest lästa|stäng|skriv ut|dela (?:artikeln|på .{1,20})|lyssna"
    r"|logg inn|abonner(?:er)?|les mer|mest lest|lukk|del (?:artikkelen|på .{1,20})|log ind"
    r"|læs mere|mest læste|luk|kirjaudu(?: sisään)?|tilaa(?: nyt)?|lue lisää|luetuimmat|jaa"
    r"|sulje|kommentit",
    # Polish, Czech, Slovak, Hungarian, Romanian
    r"zaloguj(?: się)?|czytaj więcej|udostępnij|drukuj|zamknij|najczęściej czytane|komentarze"
    r"|přihlásit(?: se)?|předplatné|číst dál|sdílet|zavřít|nejčtenější|diskuse"
    r"|prihlásiť sa|čítať viac|zdieľať|najčítanejšie|bejelentkezés|előfizetés|tovább|megosztás"
    r"|bezárás|legolvasottabb|autentificare|abonează-te|citește mai mult|distribuie|închide"
    r"|cele mai citite",
    # Russian, Ukrainian, Bulgarian, Serbian
    r"войти|вход|регистрация|главная|новости|печать|версия для печати|закрыть|популярное"
    r"|(?:читать|смотреть|показать) (?:все|ещё|еще|больше|полностью)|подписка|обсудить|теги"
    r"|увійти|головна|новини|поділитися|читати (?:далі|більше)|закрити|популярне|друк"
    r"|начало|абонирай се|сподели|прочети (?:още|повече)|коментари|најчитаније|подели|штампај",
    # Turkish, Greek, Hebrew, Arabic, Persian
    r"ana ?sayfa|giriş yap|üye ol|abone ol|paylaş|yazdır|devamını oku|kapat|en çok okunanlar"
    r"|yorumlar|αρχική|σύνδεση|εγγραφή|κοινοποίηση|εκτύπωση|διαβάστε (?:περισσότερα|ακόμη|επίσης)"
    r"|κλείσιμο|σχόλια|דף הבית|התחבר(?:ות)?|הרשמה|שתפו|שיתוף|הדפסה|קרא עוד|תגובות|סגור"
    r"|الرئيسية|تسجيل الدخول|اشترك(?: الآن)?|مشاركة|طباعة|اقرأ المزيد|إغلاق|الأكثر قراءة|تعليقات"
    r"|صفحه اصلی|ورود|اشتراک‌گذاری|چاپ|بیشتر بخوانید|نظرات|پربازدیدترین",
    # Chinese, Japanese, Korean, Hindi, Vietnamese, Indonesian
    r"首页|登录|登入|注册|註冊|分享(?:到|至)?|打印|列印|关闭|關閉|更多(?:新闻|内容)?|热门|評論|评论"
    r"|阅读全文|ホーム|ログイン|会員登録|シェア(?:する)?|印刷|閉じる|もっと見る|人気記事|コメント"
    r"|홈|로그인|회원가입|공유(?:하기)?|인쇄|닫기|더보기|많이 본 뉴스|댓글|구독"
    r"|होम|लॉग ?इन|साझा करें|शेयर करें|और पढ़ें|टिप्पणियाँ|विज्ञापन|यह भी पढ़ें"
    r"|trang chủ|đăng nhập|đăng ký|chia sẻ|xem thêm|bình luận|đọc nhiều|beranda|masuk|daftar"
    r"|bagikan|cetak|baca (?:juga|selengkapnya)|terpopuler|komentar|tutup",
)

ABROAD = re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)
"""A whole line of a page in another language: a button, a menu, an advertisement."""
