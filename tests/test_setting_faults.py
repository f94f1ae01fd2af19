"""A setting that cannot work is named by the doctor and refused by every command alike."""

import pytest
from click.testing import CliRunner
from disks import small_disk
from test_absurd_arguments import EXAMPLES, every_command

from workbench.cli import main
from workbench.settings import settings

TOO_LONG = "/" + 300 * "9"
WRONG = [
    ("WORKBENCH_HOME", "/etc/passwd", "is a file"),
    ("WORKBENCH_HOME", "/etc/passwd/below", "is a file"),
    ("WORKBENCH_HOME", TOO_LONG, "too long"),
    ("WORKBENCH_HOSTS", " , ,", "holds no name"),
    ("WORKBENCH_HOSTS", "*", "no name of a host"),
    ("WORKBENCH_HOSTS", "localhost,*.example.org", "no name of a host"),
    ("WORKBENCH_HOSTS", "http://a.example/", "no name of a host"),
    ("WORKBENCH_HOSTS", "a.example:8501", "no name of a host"),
    ("WORKBENCH_HOSTS", "a..example", "no name of a host"),
    ("FORWARDED_ALLOW_IPS", "garbage", "no address and no network"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.5,proxy.example", "no address and no network"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.5/8", "no address and no network"),
    ("WORKBENCH_DATABASE_URL", "sqlite://", "names no file"),
    ("WORKBENCH_DATABASE_URL", "sqlite:///:memory:", "names no file"),
    ("WORKBENCH_DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "names no file"),
]
RIGHT = [
    ("WORKBENCH_HOSTS", "labels.example.org, LOCALHOST ,[::1],192.0.2.7,under_score,a"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.5, 10.1.0.0/28,fd00::/8"),
]
TOUCHES_NO_SETTING = {"segment"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Commands with one setting as it is given, and everything else as it is by itself."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(variable, value, *words):
        monkeypatch.setenv(variable, value)
        settings.cache_clear()
        return CliRunner().invoke(main, list(words), prog_name="workbench")

    yield run
    settings.cache_clear()


@pytest.mark.parametrize(("variable", "value", "said"), WRONG)
def test_the_doctor_and_the_commands_say_the_same(run, tmp_path, variable, value, said):
    told = run(variable, value, "doctor")
    failed = [line[6:] for line in told.stdout.splitlines() if line.startswith("fail ")]
    refused = run(variable, value, "account", "list")

    assert told.exit_code == 1
    assert refused.exit_code == 1
    assert [f"workbench: {line}" for line in failed] == refused.stderr.splitlines()
    assert variable in refused.stderr
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "command"),
    [
        pytest.param(words, command, id=" ".join(words))
        for words, command in every_command(main)
        if words[0] not in TOUCHES_NO_SETTING
    ],
)
def test_every_command_refuses_a_setting_that_cannot_work(run, tmp_path, words, command):
    needed = []
    (tmp_path / "nowhere").write_text("")
    for each in command.params:
        if each.required or each.name == "paths":
            value = EXAMPLES[each.name]
            needed += [each.opts[0], value] if each.param_type_name == "option" else [value]
    ended = run("WORKBENCH_HOSTS", "*", *words, *needed)

    assert ended.exit_code == 1
    assert "WORKBENCH_HOSTS: '*' is no name" in ended.output
    assert [path.name for path in tmp_path.iterdir()] == ["nowhere"]


@pytest.mark.parametrize(("variable", "value"), RIGHT)
def test_what_can_work_is_taken(run, variable, value):
    assert run(variable, value, "doctor").exit_code == 0
    assert run(variable, value, "account", "list").exit_code == 0


def test_a_proxy_that_may_be_anybody_is_a_warning(run):
    told = run("FORWARDED_ALLOW_IPS", "*", "doctor")

    assert told.exit_code == 0
    assert "warn  everybody is believed" in told.stdout


def test_the_doctor_sees_that_the_data_folder_cannot_be_made(run, tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        disk.remount("ro")
        told = run("WORKBENCH_HOME", str(disk.path / "new"), "doctor")
        refused = run("WORKBENCH_HOME", str(disk.path / "new"), "account", "list")

    assert (told.exit_code, refused.exit_code) == (1, 1)
    assert f"{disk.path / 'new'} cannot be made" in told.stdout
    assert f"{disk.path / 'new'} cannot be made" in refused.stderr
