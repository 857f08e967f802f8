"""Undamaged exports of a few works, in every text format, as pieces: what stands before, records, what stands after.

A writer turns works into ``Pieces``; joined they are a whole export. Separators belong to the
record they stand before, so that any run of records may be damaged or left out.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

COLUMNS = (
    "PT AU AF TI SO LA DT CT DE ID AB C1 C3 RP RI OI FU FX CR NR TC U1 U2 SN BN PD PY VL IS BP EP AR DI EA WC SC DA UT"
).split()
# The header of workbooks, as Web of Science prints it.
LONG_NAMES = {
    "PT": "Publication Type", "AU": "Authors", "AF": "Author Full Names", "TI": "Article Title", "SO": "Source Title",
    "LA": "Language", "DT": "Document Type", "CT": "Conference Title", "DE": "Author Keywords", "ID": "Keywords Plus",
    "AB": "Abstract", "C1": "Addresses", "C3": "Affiliations", "RP": "Reprint Addresses", "RI": "Researcher Ids",
    "OI": "ORCIDs", "FU": "Funding Orgs", "FX": "Funding Text", "CR": "Cited References", "NR": "Cited Reference Count",
    "TC": "Times Cited, WoS Core", "U1": "180 Day Usage Count", "U2": "Since 2013 Usage Count", "SN": "ISSN",
    "BN": "ISBN", "PD": "Publication Date", "PY": "Publication Year", "VL": "Volume", "IS": "Issue",
    "BP": "Start Page", "EP": "End Page", "AR": "Article Number", "DI": "DOI", "EA": "Early Access Date",
    "WC": "WoS Categories", "SC": "Research Areas", "DA": "Date of Export", "UT": "UT (Unique WOS ID)",
}  # fmt: skip


@dataclass(frozen=True)
class Pieces:
    """An export in pieces of text, with the codec and byte order mark it is to be written in."""

    head: str
    records: list[str]
    tail: str = ""
    codec: str = "utf-8"
    bom: bytes = b""

    def content(self) -> bytes:
        """The whole export."""
        return self.bom + "".join([self.head, *self.records, self.tail]).encode(self.codec, "surrogatepass")


def joined(work: dict, tag: str) -> str:
    """The value of a tag on one line, lists as Web of Science joins them."""
    value = work.get(tag, "")
    return "; ".join(v.rstrip(".") if tag == "C1" else v for v in value) if isinstance(value, list) else value


def wos_text(works: list[dict], newline: str = "\n", **written) -> Pieces:
    def record(work: dict) -> str:
        lines = []
        for tag, value in work.items():
            values = value if isinstance(value, list) else [value]
            text = "\n".join(values).replace("\n", f"{newline}   ")
            lines.append(f"{tag} {text}")
        return newline.join([*lines, "ER", "", ""])

    head = newline.join(["FN Clarivate Analytics Web of Science", "VR 1.0", ""])
    return Pieces(head, [record(work) for work in works], f"EF{newline}", **written)


def wos_tab(works: list[dict], newline: str = "\r\n", **written) -> Pieces:
    def row(work: dict) -> str:
        cells = (joined(work, tag).replace("\t", " ").replace("\n", " ").replace("\r", " ") for tag in COLUMNS)
        return "\t".join(cells) + newline

    return Pieces("\t".join(COLUMNS) + newline, [row(work) for work in works], **written)


_BIBTEX = {
    "TI": "Title", "SO": "Journal", "PY": "Year", "VL": "Volume", "IS": "Number", "AB": "Abstract", "DT": "Type",
    "LA": "Language", "DI": "DOI", "SN": "ISSN", "DE": "Keywords", "ID": "Keywords-Plus", "SC": "Research-Areas",
    "WC": "Web-of-Science-Categories ", "C3": "Affiliations", "NR": "Number-of-Cited-References",
    "TC": "Times-Cited", "EA": "Early Access Date", "UT": "Unique-ID", "DA": "DA",
}  # fmt: skip


def wos_bibtex(works: list[dict], **written) -> Pieces:
    def escaped(text: str) -> str:
        return text.replace("\\", "{\\textbackslash}").replace("&", "\\&").replace("[", "{[}").replace("{H2O}", "H2O")

    def record(work: dict) -> str:
        full = work.get("AF") or work.get("AU", [])
        fields = {"Author": " and\n   ".join(full)}
        fields |= {name: escaped(work[tag]) for tag, name in _BIBTEX.items() if tag in work}
        if "BP" in work:
            fields["Pages"] = work["BP"] + (f"-{work['EP']}" if "EP" in work else "")
        if "C1" in work:
            lines = [address.replace("[", "").replace("] ", ", ") for address in work["C1"]]
            fields["Affiliation"] = "\n   ".join([work.get("RP", ""), *lines]).strip()
        if "CR" in work:
            fields["Cited-References"] = "\n   ".join(f"{line}." for line in work["CR"])
        kind = "inproceedings" if work.get("PT") == "C" else "article"
        body = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
        return f"@{kind}{{ {work.get('UT', 'none')},\n{body}}}\n\n"

    return Pieces("\n", [record(work) for work in works], **written)


_RIS = {
    "TI": "TI", "SO": "T2", "PY": "PY", "VL": "VL", "IS": "IS", "BP": "SP", "EP": "EP", "DI": "DO", "AB": "AB",
    "SN": "SN", "LA": "LA", "UT": "AN",
}  # fmt: skip


def ris(works: list[dict], newline: str = "\r\n", **written) -> Pieces:
    def record(work: dict) -> str:
        lines = ["TY  - " + ("CONF" if work.get("PT") == "C" else "JOUR")]
        lines += [f"AU  - {name}" for name in work.get("AF") or work.get("AU", [])]
        lines += [f"{mark}  - {work[tag]}" for tag, mark in _RIS.items() if tag in work]
        lines += [f"KW  - {word}" for word in work.get("DE", "").split("; ") if word]
        lines += [f"AD  - {address.partition('] ')[2] or address}" for address in work.get("C1", [])]
        text = "\n".join([*lines, "ER  - ", "", ""])
        return text.replace("\n", newline)

    return Pieces("", [record(work) for work in works], **written)


def _table(header: list[str], rows: list[list], newline: str, **written) -> Pieces:
    def line(cells: list, quoting: int) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, quoting=quoting, lineterminator=newline).writerow(cells)
        return buffer.getvalue()

    return Pieces(line(header, csv.QUOTE_ALL), [line(row, csv.QUOTE_NONNUMERIC) for row in rows], **written)


def _number(work: dict, tag: str):
    value = work.get(tag, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else value


def scopus_csv(works: list[dict], newline: str = "\n", codec: str = "utf-8", bom: bytes = b"\xef\xbb\xbf") -> Pieces:
    header = (
        "Authors|Author full names|Author(s) ID|Title|Year|Source title|Volume|Issue|Art. No.|Page start|Page end|Cited by"
        "|DOI|Link|Affiliations|Authors with affiliations|Abstract|Author Keywords|Index Keywords|Funding Details"
        "|Funding Texts|References|Correspondence Address|Editors|Publisher|Conference name|ISSN|ISBN|PubMed ID"
        "|Language of Original Document|Abbreviated Source Title|Document Type|Publication Stage|Open Access|Source|EID"
    ).split("|")
    rows = []
    for work in works:
        names, full = work.get("AU", []), work.get("AF", [])
        eid = "2-s2.0-" + work.get("UT", "")[-12:]
        places = [address.partition("] ")[2].rstrip(".") or address for address in work.get("C1", [])]
        values = {
            "Authors": "; ".join(name.replace(",", "") + "." for name in names),
            "Author full names": "; ".join(f"{name} ({57000000000 + n})" for n, name in enumerate(full)),
            "Author(s) ID": "; ".join(str(57000000000 + n) for n, _ in enumerate(names)),
            "Title": work.get("TI", ""), "Year": _number(work, "PY"), "Source title": work.get("SO", ""),
            "Volume": work.get("VL", ""), "Issue": work.get("IS", ""), "Art. No.": work.get("AR", ""),
            "Page start": work.get("BP", ""), "Page end": work.get("EP", ""), "Cited by": _number(work, "TC"),
            "DOI": work.get("DI", ""), "Link": f"https://www.scopus.com/inward/record.uri?eid={eid}",
            "Affiliations": "; ".join(places), "Abstract": work.get("AB", ""),
            "Authors with affiliations": "; ".join(f"{n}, {p}" for n, p in zip(names, places, strict=False)),
            "Author Keywords": work.get("DE", ""), "Index Keywords": work.get("ID", ""),
            "References": "; ".join(f"Curie M., A first paper, Nature, {n}, (19{n:02d})" for n in range(11, 13)),
            "Language of Original Document": work.get("LA", ""), "Document Type": work.get("DT", ""),
            "Publication Stage": "Final", "Source": "Scopus", "EID": eid,
        }  # fmt: skip
        rows.append([values.get(name, "") for name in header])
    return _table(header, rows, newline, codec=codec, bom=bom)


def lens_csv(works: list[dict], newline: str = "\n", **written) -> Pieces:
    header = (
        "Lens ID|Title|Date Published|Publication Year|Publication Type|Source Title|ISSNs|Publisher|Source Country"
        "|Author/s|Abstract|Volume|Issue Number|Start Page|End Page|Fields of Study|Keywords|MeSH Terms|Chemicals|Funding"
        "|Source URLs|External URL|PMID|DOI|Microsoft Academic ID|PMCID|Citing Patents Count|References|Citing Works Count"
        "|Is Open Access|Open Access License|Open Access Colour"
    ).split("|")
    rows = []
    for work in works:
        digits = work.get("UT", "")[-15:].rjust(15, "0").replace("A", "0").replace(":", "0")
        values = {
            "Lens ID": "-".join(digits[n : n + 3] for n in range(0, 15, 3)), "Title": work.get("TI", ""),
            "Publication Year": _number(work, "PY"), "Publication Type": "journal article",
            "Source Title": work.get("SO", ""), "Author/s": "; ".join(work.get("AF", work.get("AU", []))),
            "Abstract": work.get("AB", ""), "Volume": work.get("VL", ""), "Issue Number": work.get("IS", ""),
            "Start Page": work.get("BP", ""), "End Page": work.get("EP", ""), "Keywords": work.get("DE", ""),
            "Fields of Study": work.get("WC", ""), "DOI": work.get("DI", ""), "Citing Works Count": _number(work, "TC"),
            "References": "000-000-000-000-001; 000-000-000-000-002", "Is Open Access": "false",
        }  # fmt: skip
        rows.append([values.get(name, "") for name in header])
    return _table(header, rows, newline, **written)


# Beside an export of the shape "mapped-csv" stands this file.
MAPPING_NAME = "any.mapping.toml"
MAPPING = """source = "Any"
[match]
header = ["Document Title", "Document Identifier"]
[columns]
TI = "Document Title"
AU = "Authors"
SO = "Publication Title"
PY = "Publication Year"
VL = "Volume"
AB = "Abstract"
DI = "Document Identifier"
DE = "Keywords"
TC = "Citations"
[separators]
DE = ";"
"""


def mapped_csv(works: list[dict], newline: str = "\n", **written) -> Pieces:
    header = ["Document Title", "Authors", "Publication Title", "Publication Year", "Volume", "Abstract",
              "Document Identifier", "Keywords", "Citations", "Not Mapped"]  # fmt: skip
    rows = [
        [work.get("TI", ""), joined(work, "AU"), work.get("SO", ""), _number(work, "PY"), work.get("VL", ""), work.get("AB", ""),
         work.get("DI", ""), work.get("DE", ""), _number(work, "TC"), "x"]
        for work in works
    ]  # fmt: skip
    return _table(header, rows, newline, **written)


def _openalex_work(work: dict) -> str:
    number = int("".join(c for c in work.get("UT", "") if c.isdigit())[-13:] or 0)
    authorships = [
        {
            "author_position": "first" if n == 0 else "middle",
            "author": {"id": f"https://openalex.org/A50{n:08d}", "display_name": name, "orcid": None},
            "institutions": [{"display_name": "University of Porto", "country_code": "PT"}], "countries": ["PT"],
            "is_corresponding": n == 0, "raw_author_name": name, "raw_affiliation_strings": ["Univ Porto, Portugal"],
        }
        for n, name in enumerate(work.get("AF", work.get("AU", [])))
    ]  # fmt: skip
    title = work.get("TI", "")
    data = {
        "id": f"https://openalex.org/W{number}", "doi": "https://doi.org/" + work["DI"] if "DI" in work else None,
        "title": title, "display_name": title, "publication_year": _number(work, "PY") or None,
        "publication_date": f"{work.get('PY', '2000')}-01-01", "language": "en", "type": "article",
        "ids": {"openalex": f"https://openalex.org/W{number}"},
        "primary_location": {"source": {"display_name": work.get("SO", ""), "issn": ["0001-0002"]}},
        "authorships": authorships, "cited_by_count": _number(work, "TC") or 0,
        "biblio": {"volume": work.get("VL"), "issue": work.get("IS"), "first_page": work.get("BP"), "last_page": work.get("EP")},
        "keywords": [{"display_name": word} for word in work.get("DE", "").split("; ") if word],
        "referenced_works": ["https://openalex.org/W1", "https://openalex.org/W2"], "referenced_works_count": 2,
        "abstract_inverted_index": {word: [n] for n, word in enumerate(dict.fromkeys(work.get("AB", "").split()))},
        "open_access": {"is_oa": False, "oa_status": "closed"}, "topics": [], "concepts": [], "funders": [], "awards": [],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False)


def openalex_json(works: list[dict], **written) -> Pieces:
    head = '{"meta":{"count":%d,"page":1,"per_page":25,"groups_count":null},"results":[' % len(works)
    texts = [_openalex_work(work) for work in works]
    return Pieces(head, [text if n == 0 else f",\n{text}" for n, text in enumerate(texts)], '],"group_by":[]}\n', **written)


def openalex_jsonl(works: list[dict], newline: str = "\n", **written) -> Pieces:
    return Pieces("", [_openalex_work(work) + newline for work in works], **written)


# How each shape is written, under what name, and in which variants.
_UTF16 = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
SHAPES = {
    "wos-text": (wos_text, "savedrecs.txt", ({}, {"newline": "\r\n"}, {"bom": b"\xef\xbb\xbf"})),
    "wos-ciw": (wos_text, "savedrecs.ciw", ({"newline": "\r\n"}, {})),
    "wos-tab": (wos_tab, "savedrecs.txt", ({"bom": b"\xef\xbb\xbf"}, {}, {"newline": "\n"})),
    "wos-tab-16": (wos_tab, "savedrecs.txt", tuple({"codec": c, "bom": b} for c, b in _UTF16.items())),
    "wos-bibtex": (wos_bibtex, "savedrecs.bib", ({}, {"bom": b"\xef\xbb\xbf"})),
    "ris": (ris, "records.ris", ({}, {"newline": "\n"})),
    "scopus-csv": (scopus_csv, "scopus.csv", ({}, {"newline": "\r\n"}, {"bom": b""})),
    "lens-csv": (lens_csv, "lens-export.csv", ({}, {"bom": b"\xef\xbb\xbf"})),
    "mapped-csv": (mapped_csv, "others.csv", ({}, {"newline": "\r\n", "bom": b"\xef\xbb\xbf"})),
    "openalex-json": (openalex_json, "works.json", ({},)),
    "openalex-jsonl": (openalex_jsonl, "works.jsonl", ({}, {"newline": "\r\n"})),
}  # fmt: skip
