"""The catalogue of words: a missing key or value is an error, never a silent blank."""

import pytest

from livingreview import words


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Two small languages in place of the shipped one."""
    for language, paper in (("en", "paper"), ("de", "Arbeit")):
        (tmp_path / language).mkdir()
        text = f'top = "T"\n[axis]\nx = "{paper}"\n[axis.deep]\ny = """\n  two words\n"""\n'
        (tmp_path / language / "labels.toml").write_text(text, encoding="utf-8")
    (tmp_path / "en" / "tell.toml").write_text('count = "{n} of {total} in {corpus}"\nplain = "a"\n', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(words, "_HERE", tmp_path)
    monkeypatch.setattr(words, "_language", "en")
    words._catalogue.cache_clear()
    yield
    words._catalogue.cache_clear()


def test_a_key_is_file_table_and_name(catalogue):
    assert words.keys() == ["labels.axis.deep.y", "labels.axis.x", "labels.top", "tell.count", "tell.plain"]
    assert (words.say("labels.top"), words.say("labels.axis.x")) == ("T", "paper")
    assert words.say("labels.axis.deep.y") == "two words"


def test_values_fill_placeholders_and_a_missing_one_is_an_error(catalogue):
    assert words.say("tell.count", n="3", total="9", corpus="X") == "3 of 9 in X"
    assert words.placeholders("tell.count") == ["n", "total", "corpus"]
    assert words.placeholders("tell.plain") == []
    with pytest.raises(KeyError, match="corpus"):
        words.say("tell.count", n="3", total="9")
    with pytest.raises(KeyError, match="n"):
        words.say("tell.count")


def test_a_key_that_is_not_there_is_named(catalogue):
    with pytest.raises(KeyError, match="words/en: no text for 'labels.axis.z'"):
        words.say("labels.axis.z")
    assert words.has("labels.axis.x")
    assert not words.has("labels.axis")


def test_a_language_is_a_folder_with_a_catalogue(catalogue):
    assert words.languages() == ["de", "en"]
    words.use("de")
    assert words.say("labels.axis.x") == "Arbeit"
    with pytest.raises(KeyError, match="'fr'.*'de', 'en'"):
        words.use("fr")
    assert words.say("labels.axis.x") == "Arbeit"
    assert "tell.plain" in words.keys("en")
    assert not words.has("tell.plain")
