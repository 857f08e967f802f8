"""Field by field: what the winner gets from the others, and what it keeps."""

from livingreview.corpus.duplicates import Change, merge_record


def test_gaps_are_filled_from_the_first_that_has_the_field():
    merged, changes = merge_record(
        {"record": "w", "doi": "", "abstract": None, "keywords": []},
        [{"record": "x", "doi": "", "abstract": "A"}, {"record": "y", "doi": "10.1/y", "abstract": "B", "keywords": ["k"]}],
    )
    assert merged == {"record": "w", "doi": "10.1/y", "abstract": "A", "keywords": ["k"]}
    assert changes == [
        Change("doi", "filled", "10.1/y", None, "y"),
        Change("abstract", "filled", "A", None, "x"),
        Change("abstract", "kept", "A", "B", "y"),
        Change("keywords", "filled", ["k"], None, "y"),
    ]


def test_the_winner_keeps_what_it_has_and_the_other_value_is_told_once():
    merged, changes = merge_record(
        {"record": "w", "title": "On rust."}, [{"record": "x", "title": "ON  RUST"}, {"record": "y", "title": "On dust"}, {"record": "z", "title": "on dust."}]
    )
    assert merged["title"] == "On rust."
    assert changes == [Change("title", "kept", "On rust.", "On dust", "y")]


def test_counts_are_never_summed_nor_borrowed():
    merged, changes = merge_record({"record": "w", "times_cited": 3}, [{"record": "x", "times_cited": 8, "times_cited_all": 9}])
    assert merged == {"record": "w", "times_cited": 3}
    assert changes == [Change("times_cited", "kept", 3, 8, "x"), Change("times_cited_all", "kept", None, 9, "x")]


def test_where_a_record_was_read_is_its_own():
    merged, _ = merge_record({"record": "w", "file": "a.txt", "accession": ""}, [{"record": "x", "file": "b.txt", "accession": "9"}])
    assert merged == {"record": "w", "file": "a.txt", "accession": ""}


def test_pages_come_together_or_not_at_all():
    merged, changes = merge_record({"record": "w", "first_page": "12", "last_page": ""}, [{"record": "x", "first_page": "e7", "last_page": "e9"}])
    assert merged["last_page"] == ""
    assert [(c.field, c.kind) for c in changes] == [("first_page", "kept"), ("last_page", "kept")]


def test_nothing_given_is_changed():
    winner, loser = {"record": "w", "doi": ""}, {"record": "x", "doi": "10.1/x"}
    merge_record(winner, [loser])
    assert winner == {"record": "w", "doi": ""} and loser == {"record": "x", "doi": "10.1/x"}
