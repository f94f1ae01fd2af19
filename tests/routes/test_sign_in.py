import threading
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from gated import GOOD, PAGE, Site

from workbench.services import passwords

OWN = {"origin": "http://testserver"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
WRONG = "harbour lamp eight"


class Page(HTMLParser):
    """What a reader finds on a page: fields with their labels and descriptions, buttons, texts."""

    def __init__(self, response):
        super().__init__()
        self.fields, self.labels, self.buttons, self.ids = {}, {}, [], {}
        self.scripts, self.title, self._inside, self._id, self._label = 0, "", "", "", ""
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self._inside, self._label = tag, found.get("for", "")
        self._id = found.get("id", "")
        self.scripts += tag == "script" or any(name.startswith("on") for name in found)
        if tag == "input":
            self.fields[found["name"]] = found

    def handle_data(self, data):
        if self._inside == "label":
            self.labels[self._label] = data
        if self._inside == "button":
            self.buttons.append(data.strip())
        if self._inside == "title":
            self.title = data
        if self._id:
            self.ids[self._id] = data

    def handle_endtag(self, tag):
        self._inside = self._id = ""

    @property
    def shown(self):
        return {name: field for name, field in self.fields.items() if field["type"] != "hidden"}


def sign_in(client, *, name="Ada", password=GOOD, **given):
    form = {"name": name, "password": password} | given
    return client.post("/signin", data=form, headers=OWN | PAGE)


def is_in(client):
    return client.get("/").status_code == 200


def test_an_empty_installation_says_where_the_link_is(empty_site):
    response = empty_site.client().get("/signin")
    page = Page(response)
    assert response.status_code == 200
    assert "printed in the terminal" in response.text
    assert (page.shown, page.buttons) == ({}, [])


def test_the_owners_link_shows_one_box_and_one_button(empty_site):
    page = Page(empty_site.client().get(f"/signin?token={empty_site.first_link()}"))
    assert [*page.shown] == ["name"]
    assert page.labels == {"name": "Your name"}
    assert page.buttons == ["Start labelling"]


def test_the_first_visitor_gives_a_name_and_is_in(empty_site):
    client, token = empty_site.client(), empty_site.first_link()
    assert client.get(f"/signin?token={token}").status_code == 200
    response = client.post("/signin", data={"token": token, "name": "Ada"}, headers=OWN)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert is_in(client)


def test_the_owners_link_makes_no_second_owner(empty_site):
    token = empty_site.first_link()
    empty_site.client().post("/signin", data={"token": token, "name": "Ada"})
    other = empty_site.client()
    assert "used before" in other.get(f"/signin?token={token}").text
    response = other.post("/signin", data={"token": token, "name": "Eve"})
    assert response.status_code == 400
    assert not is_in(other)


def test_a_name_that_cannot_be_one_is_told_beside_the_box(empty_site):
    token = empty_site.first_link()
    client = empty_site.client()
    response = client.post("/signin", data={"token": token, "name": "<b>\u202e"})
    page = Page(response)
    assert response.status_code == 400
    assert "cannot be seen" in page.ids["error"]
    box = page.fields["name"]
    assert ("error" in box["aria-describedby"].split(), box["aria-invalid"]) == (True, "true")
    assert box["value"] == "<b>\u202e"  # as it was typed, and no tag
    assert client.post("/signin", data={"token": token, "name": "Ada"}).status_code == 303


def test_an_owners_link_expires(empty_site):
    token = empty_site.first_link()
    empty_site.clock.turn(timedelta(hours=1))
    response = empty_site.client().get(f"/signin?token={token}")
    assert response.status_code == 400
    assert "expired" in Page(response).ids["error"]


def test_a_link_signs_in_at_once_and_once(site):
    token = site.link()
    client = site.client()
    response = client.get(f"/signin?token={token}", headers=PAGE)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert is_in(client)
    again = site.client().get(f"/signin?token={token}")
    assert again.status_code == 400
    assert "used before" in Page(again).ids["error"]


def test_a_link_leads_where_it_says_within_the_workbench(site):
    for target, place in {"/articles": "/articles", "//evil.example": "/"}.items():
        response = site.client().get(f"/signin?token={site.link()}&next={target}")
        assert response.headers["location"] == place


def test_looking_ahead_uses_no_link_up(site):
    token = site.link()
    client = site.client()
    client.head(f"/signin?token={token}")
    for headers in (
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"sec-fetch-dest": "image"},
        {"sec-fetch-dest": "empty"},
    ):
        response = client.get(f"/signin?token={token}", headers=headers)
        assert (response.status_code, response.headers.get("set-cookie")) == (204, None)
    headers = {"sec-fetch-dest": "document", "sec-fetch-site": "none"}
    assert client.get(f"/signin?token={token}", headers=headers).status_code == 303


CHROME = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0",
    "sec-fetch-dest": "document",
}


@pytest.mark.parametrize(
    "headers",
    [
        CHROME
        | {"sec-fetch-site": "none", "sec-fetch-user": "?1"},  # the address bar, a mail program
        CHROME | {"sec-fetch-site": "cross-site", "sec-fetch-user": "?1"},  # a click in web mail
        CHROME | {"sec-fetch-site": "none"},  # Safari
        {"user-agent": "curl/8.11.1"},
        {"user-agent": "python-httpx/0.29"},
    ],
)
def test_who_opens_a_link_themselves_is_in_at_once(site, headers):
    client = site.client()
    response = client.get(f"/signin?token={site.link()}", headers=headers)
    assert response.status_code == 303
    assert is_in(client)


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": "WhatsApp/2.24"},
        {"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SkypeUriPreview Preview/0.5"},
        CHROME | {"sec-fetch-site": "cross-site"},  # another site's script
    ],
)
def test_what_opens_a_link_for_a_preview_does_not_use_it_up(site, headers):
    token, client = site.link(), site.client()
    seen = client.get(f"/signin?token={token}&next=/articles", headers=headers)
    page = Page(seen)
    assert (seen.status_code, seen.headers.get("set-cookie")) == (200, None)
    assert page.buttons == ["Sign in as Ada"]

    form = {name: field["value"] for name, field in page.fields.items()}
    pressed = client.post("/signin", data=form, headers=OWN | PAGE)
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/articles")
    assert is_in(client)
    again = client.post("/signin", data=form | {"page": "of another"}, headers=OWN | PAGE)
    assert again.status_code == 400
    assert "used before" in Page(again).ids["error"]


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Windows NT 10.0) Chrome/150.0", ""])
def test_a_browser_that_says_nothing_of_its_visit_is_known_by_a_cookie(site, agent):
    link = f"/signin?token={site.link()}&next=/articles"
    keeps, forgets = site.client(), site.client()
    asked = forgets.get(link, headers={"user-agent": agent})
    forgets.cookies.clear()
    shown = forgets.get(asked.headers["location"], headers={"user-agent": agent})
    assert Page(shown).buttons == ["Sign in as Ada"]

    asked = keeps.get(link, headers={"user-agent": agent})
    let_in = keeps.get(asked.headers["location"], headers={"user-agent": agent})
    assert let_in.headers["location"] == "/articles"
    assert is_in(keeps)


def test_a_link_expires_and_an_unknown_one_is_not_found(site):
    token = site.link()
    site.clock.turn(timedelta(hours=72))
    assert "expired" in Page(site.client().get(f"/signin?token={token}")).ids["error"]
    response = site.client().get("/signin?token=nonsense")
    assert response.status_code == 404
    assert [*Page(response).shown] == ["name", "password"]


def test_name_and_password_sign_in_and_lead_back(site):
    site.password()
    client = site.client()
    page = Page(client.get("/signin?next=%2Farticles"))
    assert page.labels == {"name": "Name", "password": "Password"}
    assert page.fields["next"]["value"] == "/articles"
    response = sign_in(client, next="/articles")
    assert (response.status_code, response.headers["location"]) == (303, "/articles")
    assert is_in(client)


def test_no_address_leads_to_another_site(site):
    site.password()
    hostile = ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
    for target in [*hostile, "javascript:alert(1)", "evil.example", "/signout", ""]:
        assert sign_in(site.client(), next=target).headers["location"] == "/", target


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(site):
    site.password()
    site.account("Bob")
    answers = set()
    for name in ("Ada", "Bob", "Eve"):
        response = sign_in(site.client(), name=name, password=WRONG)
        answers.add((response.status_code, response.text.replace(name, "")))
    assert len(answers) == 1
    assert answers.pop()[0] == 401


def test_a_wrong_password_is_told_beside_the_boxes_and_not_repeated(site):
    site.password()
    response = sign_in(site.client(), password=WRONG, next="/articles")
    page = Page(response)
    assert "do not go together" in page.ids["error"]
    assert page.fields["name"]["value"] == "Ada"
    assert page.fields["next"]["value"] == "/articles"
    assert WRONG not in response.text


def test_what_was_typed_stays_text(site):
    payload = '"><script>alert(1)</script><img src=x onerror=alert(1)> $name ${token}'
    for response in (
        sign_in(site.client(), name=payload, password=payload, next=payload),
        site.client().get("/signin", params={"next": payload}),
        site.client().get("/signin", params={"token": payload}),
    ):
        assert Page(response).scripts == 0
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text


def test_after_five_failures_one_waits_and_is_told_how_long(site):
    site.password()
    client = site.client()
    assert [sign_in(client, password=WRONG).status_code for _ in range(6)] == [401] * 5 + [429]
    response = sign_in(client)
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")
    assert "Wait 1 second" in Page(response).ids["error"]
    assert "Retry-After" not in client.get("/signin").headers
    site.clock.turn(timedelta(seconds=1))
    assert sign_in(client).status_code == 303


class Counting:
    """The real hasher, which counts what reaches it."""

    def __init__(self, real):
        self.real, self.n = real, 0

    def verify(self, *given):
        self.n += 1
        return self.real.verify(*given)

    def check_needs_rehash(self, stored):
        return self.real.check_needs_rehash(stored)


def test_of_a_hundred_wrong_passwords_at_once_ten_at_the_most_reach_the_hash(site, monkeypatch):
    site.password()
    counting = Counting(passwords.HASHER)
    monkeypatch.setattr(passwords, "HASHER", counting)
    codes = []
    with site.client() as client:

        def guess():
            codes.extend(sign_in(client, password=WRONG).status_code for _ in range(25))

        threads = [threading.Thread(target=guess) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(codes) == 100
    assert {*codes} == {401, 429}
    assert 0 < counting.n <= 10


def test_a_link_lets_in_who_is_slowed_down(site):
    site.password()
    client = site.client()
    for _ in range(6):
        sign_in(client, password=WRONG)
    assert client.get(f"/signin?token={site.link()}").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site):
    flags = site.client().get(f"/signin?token={site.link()}").headers["set-cookie"].split("; ")
    assert flags[0].startswith("workbench=")
    assert {each.lower() for each in flags[1:]} == {
        "httponly",
        "samesite=lax",
        "path=/",
        "max-age=604800",
    }


def test_with_tls_the_cookie_is_of_this_host_only(own_engines, now, settings):
    site = Site(own_engines, now, replace(settings, secure_cookies=True))
    site.account()
    client = site.client()
    flags = client.get(f"/signin?token={site.link()}").headers["set-cookie"].split("; ")
    assert flags[0].startswith("__Host-workbench=")
    assert "Secure" in flags
    assert not any(each.lower().startswith("domain") for each in flags)
    assert is_in(client)


def test_each_sign_in_has_a_new_cookie_and_ends_this_browsers_earlier_session(site):
    site.account("Bob")
    old = site.cookie("Bob")
    client = site.client(old)
    client.get(f"/signin?token={site.link()}")
    assert client.cookies.get("workbench", domain="testserver.local") != old
    assert not is_in(site.client(old))


def test_a_cookie_given_before_sign_in_is_not_taken_over(site):
    chosen = "x" * 43
    client = site.client(chosen)
    assert client.get(f"/signin?token={site.link()}").status_code == 303
    assert not is_in(site.client(chosen))


def test_who_is_signed_in_is_sent_on(site):
    response = site.client(site.cookie()).get("/signin?next=%2Farticles")
    assert (response.status_code, response.headers["location"]) == (303, "/articles")


def test_signing_out_ends_the_session_and_forgets_the_cookie(site):
    cookie = site.cookie()
    response = site.client(cookie).post("/signout", headers=OWN | PAGE)
    assert (response.status_code, response.headers["location"]) == (303, "/signin")
    assert "max-age=0" in response.headers["set-cookie"].lower()
    assert not is_in(site.client(cookie))


def test_looking_at_the_sign_out_page_signs_nobody_out(site):
    client = site.client(site.cookie())
    assert Page(client.get("/signout", headers=PAGE)).buttons == ["Sign out"]
    assert is_in(client)


def test_forms_from_other_sites_sign_nobody_in_or_out(site):
    site.password()
    foreign = {"origin": "https://evil.example"}
    form = {"name": "Ada", "password": GOOD}
    response = site.client().post("/signin", data=form, headers=foreign)
    assert (response.status_code, response.headers.get("set-cookie")) == (403, None)
    client = site.client(site.cookie())
    assert client.post("/signout", headers=foreign).status_code == 403
    assert is_in(client)


def test_a_sign_out_that_hides_where_it_comes_from_is_asked_once_more(site):
    client = site.client(site.cookie())
    for origin in ("null", "https://evil.example"):
        response = client.post("/signout", headers=PAGE | {"origin": origin})
        assert (response.status_code, response.headers["location"]) == (303, "/signout")
    assert is_in(client)


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"name": "Ada", "password": GOOD}},
        {"files": {"name": b"Ada"}},
        {"content": b"name=Ada&password=x"},
        {"data": {"name": "Ada", "password": "x" * 10_000}},
        {"data": {f"f{n}": "x" for n in range(50)}},
        {"content": b"name=\xff", "headers": OWN | FORM},
    ],
)
def test_what_is_no_small_form_is_refused(site, sent):
    response = site.client().post("/signin", **({"headers": OWN} | sent))
    assert response.status_code == 400
    assert Page(response).ids["error"]


@pytest.mark.parametrize("form", [{}, {"name": "Ada"}, {"password": "x"}, {"name": "\x00"}])
def test_an_unfinished_form_signs_nobody_in(site, form):
    assert site.client().post("/signin", data=form, headers=OWN).status_code in (400, 401)


def test_pages_work_without_scripts_and_say_what_they_are(site, several_pages):
    for response in several_pages:
        page = Page(response)
        assert page.scripts == 0
        assert page.title.endswith("· Workbench")
        assert '<html lang="en">' in response.text
        assert 'name="viewport"' in response.text
        assert {*page.shown} == {*page.labels}


@pytest.fixture
def several_pages(site):
    client = site.client(site.cookie())
    return [
        site.client().get("/signin"),
        sign_in(site.client(), password=WRONG),
        client.get("/signout"),
        site.client().get(f"/signin?token={site.link()}", headers={"user-agent": "Slackbot"}),
    ]


def test_no_token_reaches_the_log(site, caplog):
    token = site.link()
    with caplog.at_level(0):
        site.client().get(f"/signin?token={token}")
        site.client().get(f"/signin?token={token}")
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert not any(token in record.getMessage() for record in ours)
