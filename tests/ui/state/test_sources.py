"""What a host's secrets file says of sources, looked at when the server starts."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from retention.ui.state import people, sources

FILES = '[sources.shop]\nname = "Shop"\npath = "/srv/sales"\n'


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Have a host write a secrets file."""
    file = tmp_path / "secrets.toml"
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    monkeypatch.delenv("RITORNO_ALLOWED", raising=False)

    def written(content):
        if content is not None:
            file.write_text(content, "utf-8")
        secrets_singleton._secrets = None
        for kept in (sources.configured, people.allowed, people.services, people.secure):
            kept.cache_clear()

    yield written
    config.set_option("secrets.files", before)
    written(None)


@pytest.mark.parametrize("content", [None, "", '[other]\nx = "y"\n'])
def test_without_any_there_are_none(told, content):
    told(content)
    sources.check()
    assert sources.configured() == {}


def test_what_a_host_names_is_there(told, caplog):
    told(FILES)
    sources.check()
    assert [source.name for source in sources.configured().values()] == ["Shop"]
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[sources", "cannot be read as TOML"),
        ('sources = "geheim"', "must be a table"),
        (FILES + 'address = "postgresql://a:geheim@db/x"', "either a path or an address"),
        (FILES.replace("path", "pfad"), "either a path or an address"),
    ],
)
def test_a_server_with_one_that_cannot_be_used_does_not_start(told, content, said):
    told(content)
    with pytest.raises(ValueError, match=said) as refused:
        sources.check()
    assert "geheim" not in str(refused.value)


def test_one_that_is_closed_to_all_is_told(told, caplog):
    told(FILES + 'who = "example.com"\n')
    sources.check()
    assert caplog.messages == [
        "[sources.shop] says who may see it, but nobody signs in to this server: nobody sees it"
    ]
