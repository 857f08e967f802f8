"""The shipped topics and techniques, and the strictness of their loader."""

import shutil

import pandas as pd
import pytest

from livingreview import paths
from livingreview.errors import InputError
from livingreview.facts import sidecar
from livingreview.select.search import matches
from livingreview.select.topics import techniques, topics


def test_the_topics_of_review_and_editorial_are_there():
    assert list(topics("direction")["id"]) == [
        "direction-techniques", "direction-structure", "direction-thermodynamics",
        "direction-kinetics",
    ]  # fmt: skip
    assert len(topics("challenge")) == 6
    assert len(topics("frontier")) == 7
    assert len(topics()) == 17
    with pytest.raises(ValueError, match="kind must be one of"):
        topics("theme")


# Titles of works that the review cites for a topic, which its expression must find.
@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("direction-techniques", "Benchmarking graph neural networks for materials chemistry by machine learning"),
        ("direction-techniques", "ChemML: a machine learning and informatics program package for materials data"),
        ("direction-structure", "Modeling the correlation between microstructure and the properties of an alloy"),
        ("direction-thermodynamics", "Discovery of polymers with high thermal conductivity"),
        ("direction-kinetics", "Organic reaction mechanism classification using machine learning"),
        ("challenge-databases", "Small dataset learning"),
        ("challenge-algorithms", "Interpretable hardness prediction"),
        ("challenge-descriptors", "Catalytic materials using scaling relationships and reactivity descriptors"),
        ("challenge-synthesizability", "Crystal structure prediction drives materials discovery"),
        ("challenge-2d-growth", "Multiscale understanding and growth of 2D materials"),
        ("challenge-batteries", "Heterogeneous electrode microstructures for Li-ion batteries"),
        ("frontier-nnqs", "QiankunNet-Solid"),
        ("frontier-abacus", "A large atomic model for every element"),
        ("frontier-databases", "Knowledge graphs of materials"),
        ("frontier-sdl", "A mobile robotic chemist"),
        ("frontier-catalysis", "Machine-learned potentials for catalysts"),
        ("frontier-vdw-magnets", "Van der Waals ferromagnets"),
        ("frontier-deepmd", "DeePMD-kit v2"),
    ],
)
def test_an_expression_finds_what_its_topic_means(topic, title):
    expression = topics().set_index("id").loc[topic, "expression"]
    texts = pd.DataFrame(
        {"record": ["yes", "no"], "title": [title, "On the history of a town"], "abstract": "",
         "keywords": ""}
    )  # fmt: skip
    assert list(matches(expression, texts)["record"]) == ["yes"]


def test_techniques_form_a_tree():
    table = techniques().set_index("id")
    for technique in table.index:
        seen = [technique]
        while parent := table.loc[seen[-1], "parent"]:
            assert parent not in seen
            seen.append(parent)
    assert table.loc["random-forest", "parent"] == "machine-learning"


def edited(tmp_path, monkeypatch, name, old, new):
    """A copy of a vocabulary with an edit that its sidecar vouches for."""
    for path in paths.VOCABULARIES.glob(f"{name}.csv*"):
        shutil.copy(path, tmp_path)
    path = tmp_path / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(paths, "VOCABULARIES", tmp_path)
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("frontier-sdl,frontier", "frontier-sdl,future", "kind one of"),
        ("frontier-sdl,", "frontier-nnqs,", "each id once"),
        ("Descriptors,", ",", "line 8.* a name_en"),
        ("descriptor* OR", "descriptor* OR OR", "line 8, character 16"),
    ],
)
def test_a_bad_topic_is_refused(tmp_path, monkeypatch, old, new, message):
    sidecar.stamp(edited(tmp_path, monkeypatch, "topics", old, new))
    with pytest.raises(InputError, match=message):
        topics()


def test_a_silent_edit_and_a_missing_parent_are_refused(tmp_path, monkeypatch):
    path = edited(tmp_path, monkeypatch, "techniques", "deep-learning,section", "no-parent,section")
    with pytest.raises(InputError, match="sha256"):
        techniques()
    sidecar.stamp(path)
    with pytest.raises(InputError, match="no-parent"):
        techniques()
