"""Missing parts told from the names of files: cases worked out by hand."""

import pytest
from livingreview.corpus.parts import gaps


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["search 2024-09 1-500.txt", "search 2024-09 1001-1500.txt"], "501 to 1000"),
        (["2020-2024 recs 1-500.txt", "2020-2024 recs 1001-1500.txt"], "501 to 1000"),
        (["recs 1-500 2020-2024.txt", "recs 1001-1500 2020-2024.txt"], "501 to 1000"),
        (["recs_1-500_2024.txt", "recs_1001-1500_2024.txt"], "501 to 1000"),
        (["recs_2024_1_500.txt", "recs_2024_1001_1500.txt"], "501 to 1000"),
        (["a 501-1000.txt", "a 1001-1500.txt"], "1 to 500"),
        (["a 501-1000.txt"], "1 to 500"),
        (["a 1-500.txt", "a_1001-1500.txt"], "501 to 1000"),
        (["A 1-500.TXT", "a1001-1500.txt"], "501 to 1000"),
        (["a 1 - 500.txt", "a 1001\u20131500.txt"], "501 to 1000"),
        (["a 1_to_500.txt", "a 1001 to 1500.txt"], "501 to 1000"),
        (["a 1-500.txt", "a 501-1,000.txt", "a 1,501-2,000.txt"], "1001 to 1500"),
        (["a 1-1000.txt", "a 501-600.txt", "a 1101-1600.txt"], "1001 to 1100"),
        (["part_1_1-500.txt", "part_1_1001-1500.txt"], "501 to 1000"),
        (["a 1-500.txt", "a 1001-1500 (1).txt"], "501 to 1000"),
        (["a 2024-09-01 1-500.txt", "a 2024-09-02 1001-1500.txt"], "501 to 1000"),
        (["a 20240901_1-500.txt", "a 20240901_1001-1500.txt"], "501 to 1000"),
        (["a 1-2000.csv", "a 4001-6000.csv"], "2001 to 4000"),
        (["1-500.txt", "1001-1500.txt"], "501 to 1000"),
        (["x/1-500/s.txt", "x/1001-1500/s.txt"], "501 to 1000"),
        (["a 1-500.txt", "a 501-1000.txt", "a 2001-2024.txt"], "1001 to 2000"),
        (["\u68c0\u7d22 1\u81f3500.txt", "\u68c0\u7d22 1001\u81f31500.txt"], "501 to 1000"),
        (["Sep 1-500.txt", "Sep 1001-1500.txt"], "501 to 1000"),
        (["1-500 marine.txt", "1001-1500 marine.txt"], "501 to 1000"),
    ],
)
def test_records_in_no_part(names, missing):
    assert gaps(names) == [f"records {missing} are in no file named like {names[0]}"]


@pytest.mark.parametrize(
    ("names", "notes"),
    [
        (["savedrecs.txt", "savedrecs(2).txt", "savedrecs(3).txt"], ["no part 1"]),
        (["savedrecs.txt", "savedrecs (3).txt"], ["no parts 1 to 2"]),
        (["savedrecs.txt", "savedrecs(1).txt", "savedrecs(2).txt"], []),
        (["savedrecs(1).txt", "savedrecs(2).txt"], []),
        (["savedrecs(2).txt", "savedrecs(3).txt"], ["no part 1"]),
        (["recs.txt", "recs2.txt", "recs3.txt"], []),
        (["recs.txt", "recs-1.txt", "recs-2.txt"], []),
        (["recs.txt", "recs_2.txt", "recs_4.txt"], ["no part 3"]),
        (["Part 1.txt", "part_2.txt", "part-4.TXT"], ["no part 3"]),
        (["p1.txt", "p2.txt", "p6.txt", "p8.txt"], ["no parts 3 to 5", "no part 7"]),
        (["2024-09-01 part 1.txt", "2024-09-02 part 3.txt"], ["no part 2"]),
        (["savedrecs.xls", "savedrecs(1).txt", "savedrecs(2).txt"], []),
    ],
)
def test_parts_that_are_counted(names, notes):
    found = gaps(names)
    assert [note.split(" among ")[0] for note in found] == notes


@pytest.mark.parametrize(
    "names",
    [
        ["2019.txt", "2021.txt"],
        ["recs 2001.txt", "recs 2003.txt"],
        ["export 2024-09-01.txt", "export 2024-09-03.txt"],
        ["export 2024-01.txt", "export 2024-03.txt"],
        ["export 2024-1.txt", "export 2024-3.txt"],
        ["export_2024_01_01.txt", "export_2024_01_03.txt"],
        ["export 20240901.txt", "export 20240903.txt"],
        ["export 01.09.2024.txt", "export 03.09.2024.txt"],
        ["export 24-09-01.txt", "export 24-09-03.txt"],
        ["export 2024-1-5.txt", "export 2024-7-9.txt"],
        ["export 2024-09-01 12-30.txt", "export 2024-09-01 14-45.txt"],
        ["export 2024-09-01T123005.txt", "export 2024-09-01T123207.txt"],
        ["export 20240901123005.txt", "export 20240903123005.txt"],
        ["export 1 Sep 2024.txt", "export 3 Sep 2024.txt"],
        ["export Sep 1.txt", "export Sep 3.txt"],
        ["recs 2001-2005.txt", "recs 2011-2015.txt"],
        ["recs 2000-04.txt", "recs 2010-14.txt"],
        ["2024Q1.txt", "2024Q3.txt"],
        ["recs 1-500.txt", "recs 2020-2024.txt"],
        ["a 2024-09-01 1-500.txt", "a 2024-09-02 501-1000.txt"],
        ["a 1-500.txt", "a 501-1000.txt", "a 1001-1500.txt", "a 1501-2000.txt", "a 2001-2024.txt"],
        ["s 1-1000.txt", "s 501-600.txt", "s 1001-1600.txt"],
        ["s 0-499.txt", "s 500-999.txt"],
        ["a 1-500.txt", "a 501-1000.csv"],
        ["nylon.txt", "nylon 6.txt", "nylon 12.txt"],
        ["steel 300-550.txt"],
        [],
    ],
)
def test_nothing_to_remark(names):
    assert gaps(names) == []


def test_a_part_with_fewer_records_than_its_name_announces():
    names = ["a 1-500.txt", "a 501-1000.txt", "b 2020-2024.txt", "c.txt"]
    read = {"a 1-500.txt": 480, "a 501-1000.txt": 500, "b 2020-2024.txt": 1, "c.txt": 3}
    assert gaps(names, read) == ["records 1-500 announced by the name of a 1-500.txt, 480 read"]
    assert gaps(names, {"a 1-500.txt": 501}) == []


def test_the_order_of_the_names_does_not_matter():
    names = ["a 1-500.txt", "a_1001-1500.txt", "savedrecs.txt", "savedrecs(2).txt", "p1.txt", "p3.txt"]
    assert gaps(names) == gaps(names[::-1]) and len(gaps(names)) == 3


def test_whatever_a_name_holds_is_no_error():
    assert gaps(["9" * 250 + ".txt", "#1-#2.txt", "(1", "-", "/", ".txt", "1-" + "0" * 200]) == []
