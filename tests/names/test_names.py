"""Countries and institutions: what exports print, against names and codes known from ISO 3166-1."""

import pandas as pd
import pytest
from livingreview.corpus import schema
from livingreview.errors import InputError
from livingreview.facts import sidecar
from livingreview.names import countries, institutions
from livingreview.names.vocabulary import read_vocabulary


@pytest.mark.parametrize(
    ("address", "printed", "alpha3"),
    [
        ("Chinese Acad Sci, Beijing 100190, Peoples R China.", "Peoples R China", "CHN"),
        ("MIT, Cambridge, MA 02139 USA.", "USA", "USA"),
        ("Univ Calif Berkeley, Berkeley, CA USA", "USA", "USA"),
        ("Univ Calif Berkeley, Berkeley, CA 94720-1460 USA.", "USA", "USA"),
        ("HARVARD UNIV,BOSTON,MA 02115.", "MA", "USA"),
        ("HARVARD UNIV,BOSTON,MA 02115, USA.", "USA", "USA"),
        ("OHIO STATE UNIV,COLUMBUS,OH", "OH", "USA"),
        ("Univ Cambridge, Cambridge CB2 1TN, England.", "England", "GBR"),
        ("Univ Glasgow, Glasgow, Lanark, Scotland", "Scotland", "GBR"),
        ("Cardiff Univ, Cardiff, Wales", "Wales", "GBR"),
        ("Queens Univ Belfast, Belfast, Antrim, North Ireland", "North Ireland", "GBR"),
        ("Seoul Natl Univ, Seoul 151742, South Korea.", "South Korea", "KOR"),
        ("Russian Acad Sci, Moscow 119991, Russia", "Russia", "RUS"),
        ("Univ Tehran, Tehran, Iran", "Iran", "IRN"),
        ("Ton Duc Thang Univ, Ho Chi Minh City, Vietnam", "Vietnam", "VNM"),
        ("METU, Ankara, Turkiye", "Turkiye", "TUR"),
        ("METU, Ankara, Türkiye", "Türkiye", "TUR"),
        ("METU, Ankara, Turkey", "Turkey", "TUR"),
        ("Charles Univ Prague, Prague, Czech Republic", "Czech Republic", "CZE"),
        ("Natl Taiwan Univ, Taipei, Taiwan", "Taiwan", "TWN"),
        ("City Univ Hong Kong, Hong Kong", "Hong Kong", "HKG"),
        ("Univ Macau, Macau", "Macau", "MAC"),
        ("Univ Macau, Macao", "Macao", "MAC"),
        ("Khalifa Univ, Abu Dhabi, U Arab Emirates", "U Arab Emirates", "ARE"),
        ("Univ Sarajevo, Sarajevo, Bosnia & Herceg", "Bosnia & Herceg", "BIH"),
        ("Univ Abidjan, Abidjan, Cote Ivoire", "Cote Ivoire", "CIV"),
        ("Belarusian State Univ, Minsk, BELARUS", "BELARUS", "BLR"),
        ("Univ Bonn, Bonn, Fed Rep Ger", "Fed Rep Ger", "DEU"),
        ("Moscow State Univ, Moscow, USSR", "USSR", ""),
        ("Sch Magic, Avalon.", "Avalon", ""),
        ("", "", ""),
    ],
)
def test_country_of(address, printed, alpha3):
    assert countries.country_of(address) == (printed, alpha3)


def test_georgia_the_state_and_georgia_the_country():
    assert countries.country_of("Georgia Inst Technol, Atlanta, GA 30332 USA")[1] == "USA"
    assert countries.country_of("Tbilisi State Univ, Tbilisi, Rep of Georgia")[1] == "GEO"


def test_display_name():
    said = [countries.display_name(c) for c in ("IRN", "VNM", "CZE", "MAC", "DEU", "XKX")]
    assert said == ["Iran", "Vietnam", "Czechia", "Macau", "Germany", "Kosovo"]
    with pytest.raises(KeyError, match="XYZ"):
        countries.display_name("XYZ")


def test_every_code_of_the_table_has_a_name():
    table = read_vocabulary(countries.TABLE, ("printed", "alpha3", "note"))
    for printed, alpha3 in zip(table["printed"], table["alpha3"], strict=True):
        assert alpha3 == "" or countries.display_name(alpha3), printed


def addresses(*rows) -> pd.DataFrame:
    return schema.frame("addresses", list(rows))


def test_coverage_lists_unknown_countries_most_frequent_first():
    table = addresses(
        {"record": "r2", "country_printed": "Avalon"},
        {"record": "r1", "country_printed": "Avalon"},
        {"record": "r1", "country_printed": "Avalon"},
        {"record": "r1", "country_printed": "Atlantis"},
        {"record": "r1", "country_printed": "Japan", "country": "JPN"},
    )
    listed = countries.coverage(table)
    assert listed.values.tolist() == [["Avalon", 3, ("r1", "r2")], ["Atlantis", 1, ("r1",)]]


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("Chinese Acad Sci, Inst Phys, Beijing, Peoples R China", "Chinese Academy of Sciences"),
        ("Xi An Jiao Tong Univ, Xian, Peoples R China", "Xi'an Jiaotong University"),
        ("Xian Jiaotong Univ, Xian, Peoples R China", "Xi'an Jiaotong University"),
        ("Harbin Inst Technol Weihai, Weihai, Peoples R China", "Harbin Institute of Technology"),
        ("Northwestern Polytech Univ, Xian", "Northwestern Polytechnical University"),
        ("Northwestern Univ, Evanston, IL USA", "Northwestern University"),
        ("TSINGHUA UNIV,BEIJING,PEOPLES R CHINA", "Tsinghua University"),
        ("MIT, Cambridge, MA USA", "Massachusetts Institute of Technology"),
        ("Univ Sci & Technol Beijing, Beijing", "University of Science and Technology Beijing"),
        ("Univ Small Town, Norway", "Univ Small Town"),
    ],
)
def test_institution_of(address, used):
    assert institutions.institution_of(address)[1] == used


def test_the_ten_top_institutions_of_the_review_are_known():
    printed = (
        "Chinese Acad Sci", "Oak Ridge Natl Lab", "Xi An Jiao Tong Univ", "Harbin Inst Technol",
        "Northwestern Polytech Univ", "Tsinghua Univ", "MIT", "Univ Cambridge",
        "Georgia Inst Technol", "Univ Sci & Technol Beijing",
    )  # fmt: skip
    used = [institutions.institution_of(f"{p}, Dept X, Y")[1] for p in printed]
    assert len(set(used)) == 10 and not set(used) & set(printed)


def test_coverage_of_institutions():
    table = addresses(
        {"record": "r1", "organisation_printed": "MIT"},
        {"record": "r1", "organisation_printed": "Univ Small Town"},
        {"record": "r1", "organisation_printed": ""},
    )
    assert institutions.coverage(table).values.tolist() == [["Univ Small Town", 1, ("r1",)]]


def vocabulary(tmp_path, text):
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    beside = sidecar.path_of(path)
    beside.write_text(
        'title = "t"\nmade_by = "m"\nsource = "s"\nlicence = "l"\ndate = "d"\nsha256 = ""\n'
        'rows = 0\n[columns]\nprinted = "p"\nused = "u"\n',
        encoding="utf-8",
    )
    sidecar.stamp(path)
    return path


def test_a_vocabulary_with_a_double_key_or_a_short_line_is_refused(tmp_path):
    columns = ("printed", "used")
    good = vocabulary(tmp_path, "printed,used\na,b\n")
    assert read_vocabulary(good, columns) == {"printed": ["a"], "used": ["b"]}
    with pytest.raises(InputError, match="line 3.*each name once"):
        read_vocabulary(vocabulary(tmp_path, "printed,used\na,b\na,c\n"), columns)
    with pytest.raises(InputError, match="line 2.*2 fields"):
        read_vocabulary(vocabulary(tmp_path, "printed,used\na\n"), columns)
    with pytest.raises(InputError, match="columns"):
        read_vocabulary(good, ("printed", "other"))


def test_an_edited_vocabulary_is_refused(tmp_path):
    path = vocabulary(tmp_path, "printed,used\na,b\n")
    path.write_text("printed,used\na,c\n", encoding="utf-8")
    with pytest.raises(InputError, match="sha256"):
        read_vocabulary(path, ("printed", "used"))
