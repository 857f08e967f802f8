"""An edition is built aside: whatever fails, the former one stays and nothing is left."""

from pathlib import Path

import pytest

from livingreview import placing
from livingreview.edition import workplace
from livingreview.errors import InputError


@pytest.fixture
def former(tmp_path):
    target = tmp_path / "editions" / "mine"
    target.mkdir(parents=True)
    (target / workplace.MARK).write_text("former")
    return target


def test_a_failure_leaves_the_former_edition_and_no_trace(former):
    with pytest.raises(RuntimeError), placing.aside(former) as stage:
        (stage / "half").write_text("x")
        raise RuntimeError
    assert [p.name for p in former.parent.iterdir()] == ["mine"]
    assert (former / workplace.MARK).read_text() == "former"


def test_a_success_takes_the_place_of_the_former_edition(former):
    with placing.aside(former) as stage:
        (stage / "new").mkdir()
        (stage / "new" / workplace.MARK).write_text("newer")
        workplace.promote(stage / "new", former)
    assert [p.name for p in former.parent.iterdir()] == ["mine"]
    assert (former / workplace.MARK).read_text() == "newer"


def test_parents_made_for_a_failed_build_are_removed(tmp_path):
    with pytest.raises(RuntimeError), placing.aside(tmp_path / "a" / "b" / "c"):
        raise RuntimeError
    assert not (tmp_path / "a").exists()


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(InputError, match="other files"):
        workplace.check_target(tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "x"


def test_a_file_is_no_target(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="expected a folder"):
        workplace.check_target(tmp_path / "file")


def test_new_empty_and_former_targets_are_taken(tmp_path, former):
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "empty", tmp_path / "new" / "deep", former):
        workplace.check_target(target)


def test_what_a_killed_build_left_is_removed_by_the_next(former):
    left = former.parent / f".{former.name}.building-999999999"
    left.mkdir()
    with placing.aside(former):
        assert not left.exists()


def test_a_target_that_cannot_be_made_is_bad_input():
    with pytest.raises(InputError, match="can be written"), placing.aside(Path("/proc/edition")):
        raise AssertionError("made a folder in /proc")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("cited-works", "", ""), "cited-works"),
        (("My exports", "2016-01", "2024-09"), "my-exports_2016-01_2024-09"),
        (("x", "", "2024-09"), "x_from-start_2024-09"),
        (("数据", "", ""), "数据"),
        (("../..", "", ""), "corpus"),
    ],
)
def test_edition_name(given, expected):
    assert workplace.edition_name(*given) == expected
