"""A fictitious report in three languages, for the tests of the outputs. Every number and name in it is invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

from comity.modules.reports.document import (
    EditionDocument,
    Footnote,
    Heading,
    Masthead,
    NumberedParagraph,
    PrintedFigure,
    Run,
)  # fmt: skip

AS_OF = date(2020, 3, 31)
LANGS = ("en", "ar", "zh")
#: key: slug, value, kind, unit, qualifier, period, then what is printed in each language.
FIGURES = {
    "fig_F1_1": ("parties", "187", "count", "States", "exact", "2020-03-31",
                 {"en": "187", "ar": "187", "zh": "187"}),
    "fig_F2_1": ("trained", "3214", "count", "persons", "more_than", "2019-01-01/2019-12-31",
                 {"en": "more than 3,000", "ar": "أكثر من 3,000", "zh": "3,000 多"}),
    "fig_F2_2": ("events", "50", "count", "events", "exact", "2019-01-01/2019-12-31",
                 {"en": "50", "ar": "50", "zh": "50"}),
    "fig_F3_1": ("delivery", "602500000", "money", "USD", "exact", "2018-01-01/2019-12-31",
                 {"en": "$602.5 million", "ar": "602.5 مليون دولار", "zh": "6.025 亿美元"}),
    "fig_F3_2": ("delivery.growth", "15.8", "change", "%", "exact", "2018-01-01/2019-12-31",
                 {"en": "15.8 per cent", "ar": "15.8 في المائة", "zh": "15.8%"}),
    "fig_F25_1": ("portal.new_entries", "908", "count", "entries", "exact", "2019-01-01/2019-12-31",
                  {"en": "908", "ar": "908", "zh": "908"}),
    "fig_F25_2": ("portal.users", "338196", "count", "users", "exact", "2019-01-01/2019-12-31",
                  {"en": "338,196", "ar": "338,196", "zh": "338,196"}),
    "fig_F9_1": ("reach.total", "1943000", "count", "persons", "more_than", "/2020-03-31",
                 {"en": "more than 1.94 million", "ar": "أكثر من 1.94 مليون", "zh": "194 万多"}),
    "fig_S_1": ("laws", "26", "count", "laws", "exact", "2019-01-01/2019-12-31",
                {"en": "26", "ar": "26", "zh": "26"}),
}  # fmt: skip

#: Words by language; "{key}" is a figure, "^1" the mark of a footnote.
TITLE = {
    "en": "Work of the fictitious programme on crime prevention and criminal justice",
    "ar": "أعمال البرنامج الافتراضي لمنع الجريمة والعدالة الجنائية",
    "zh": "虚构的预防犯罪和刑事司法方案的工作",
}
SUBTITLE = {"en": "Report of the Secretariat", "ar": "تقرير الأمانة", "zh": "秘书处的报告"}
ORGAN = {"en": "General Assembly", "ar": "الجمعية العامة", "zh": "大会"}
SESSION = {"en": "Ninety-ninth session", "ar": "الدورة التاسعة والتسعون", "zh": "第九十九届会议"}
ITEM = {
    "en": "Item 999 of the fictitious list\nCrime prevention and criminal justice",
    "ar": "البند 999 من القائمة الافتراضية\nمنع الجريمة والعدالة الجنائية",
    "zh": "虚构项目表项目 999\n预防犯罪和刑事司法",
}
NOTICE = {
    "en": "Demonstration. The records behind this report are fictitious.",
    "ar": "عرض إيضاحي. السجلات التي يستند إليها هذا التقرير افتراضية.",
    "zh": "演示。本报告所依据的记录均属虚构。",
}
SUMMARY = {
    "en": "The present invented report describes what a programme that does not exist did in \u20662018–2019\u2069. "
    "It helped States to adopt {fig_S_1} laws, and shows how each printed number opens its records.",
    "ar": "يعرض هذا التقرير المختلق ما قام به برنامج لا وجود له في الفترة \u20662018–2019\u2069. وقد ساعد الدول على "
    "اعتماد {fig_S_1} قانونا، ويبين كيف يفتح كل رقم مطبوع سجلاته.",
    "zh": "本虚构报告介绍一个并不存在的方案在 2018–2019 年所做的工作。方案协助各国通过了 {fig_S_1} 部法律，"
    "并说明每个印出的数字如何打开其记录。",
}
NOTES = {
    1: {"en": "See the fictitious document A/99/999, paragraph 4.", "ar": "انظر الوثيقة الافتراضية "
        "\u2066A/99/999\u2069، الفقرة 4.", "zh": "见虚构文件 A/99/999，第 4 段。"},
    2: {"en": "Available at www.example.org.", "ar": "متاح على الموقع \u2066www.example.org\u2069.",
        "zh": "可查阅 www.example.org。"},
}  # fmt: skip
HEADINGS = {
    "I": (1, {"en": ("I.", "Introduction"), "ar": ("أولا-", "مقدمة"), "zh": ("一.", "导言")}),
    "II": (1, {"en": ("II.", "Action taken by the fictitious Commission and its secretariat in the period"),
               "ar": ("ثانيا-", "الإجراءات التي اتخذتها اللجنة الافتراضية وأمانتها"),
               "zh": ("二.", "虚构委员会及其秘书处采取的行动")}),
    "A": (2, {"en": ("A.", "Organized crime"), "ar": ("ألف-", "الجريمة المنظمة"), "zh": ("A.", "有组织犯罪")}),
    "1": (3, {"en": ("1.", "Training"), "ar": ("1-", "التدريب"), "zh": ("1.", "培训")}),
    "2": (3, {"en": ("2.", "Information"), "ar": ("2-", "المعلومات"), "zh": ("2.", "信息")}),
    "B": (2, {"en": ("B.", "Corruption"), "ar": ("باء-", "الفساد"), "zh": ("B.", "腐败")}),
    "III": (1, {"en": ("III.", "Recommendations"), "ar": ("ثالثا-", "التوصيات"), "zh": ("三.", "建议")}),
}  # fmt: skip
_FILL = {
    "en": "The secretariat continued to work with the offices that the programme serves, at their request and within "
    "the resources that were available to it, and kept a record of each activity on the day it took place.",
    "ar": "وواصلت الأمانة العمل مع المكاتب التي يخدمها البرنامج، بناء على طلبها وفي حدود الموارد المتاحة، واحتفظت "
    "بسجل لكل نشاط في اليوم الذي جرى فيه.",
    "zh": "秘书处继续应请求并在现有资源范围内与方案所服务的各办事处合作，并在每项活动开展当日予以记录。",
}
BODY: tuple[str | dict[str, str], ...] = (
    "I",
    {"en": "The present report was prepared pursuant to the invented resolution 99/999.^1 " + _FILL["en"],
     "ar": "أعد هذا التقرير عملا بالقرار المختلق \u206699/999\u2069^1. " + _FILL["ar"],
     "zh": "本报告系根据虚构的第 99/999 号决议编写。^1 " + _FILL["zh"]},
    {"en": "By then the fictitious convention had {fig_F1_1} parties. " + _FILL["en"],
     "ar": "وبلغ عدد الأطراف في الاتفاقية الافتراضية حينئذ {fig_F1_1} طرفا. " + _FILL["ar"],
     "zh": "届时，虚构公约有 {fig_F1_1} 个缔约方。" + _FILL["zh"]},
    "II",
    {"en": "In the biennium \u20662018–2019\u2069 delivery reached {fig_F3_1}, an increase of {fig_F3_2}.",
     "ar": "وفي فترة السنتين \u20662018–2019\u2069 بلغ حجم الإنجاز {fig_F3_1}، أي بزيادة قدرها {fig_F3_2}.",
     "zh": "2018–2019 两年期的执行额达到 {fig_F3_1}，增长 {fig_F3_2}。"},
    "A", "1",
    {"en": "In 2019, {fig_F2_1} persons took part in {fig_F2_2} training events (see \u2066CAC/COSP/IRG/2020/3\u2069).",
     "ar": "وفي عام 2019، شارك {fig_F2_1} شخص في {fig_F2_2} دورة تدريبية (انظر \u2066CAC/COSP/IRG/2020/3\u2069).",
     "zh": "2019 年，{fig_F2_1}人参加了 {fig_F2_2} 次培训活动（见 CAC/COSP/IRG/2020/3）。"},
    dict(_FILL),
    "2",
    {"en": "The portal received {fig_F25_1} new entries^2 and was used by {fig_F25_2} persons. " + _FILL["en"],
     "ar": "وتلقت البوابة {fig_F25_1} مدخلات جديدة^2 واستخدمها {fig_F25_2} شخصا. " + _FILL["ar"],
     "zh": "门户网站收到 {fig_F25_1} 个新条目，^2 有 {fig_F25_2} 人使用。" + _FILL["zh"]},
    dict(_FILL),
    "B",
    {"en": "In all, {fig_F9_1} persons were reached since the start. " + _FILL["en"],
     "ar": "ومنذ البداية جرى الوصول إلى {fig_F9_1} شخص. " + _FILL["ar"],
     "zh": "自启动以来，{fig_F9_1}人受益。" + _FILL["zh"]},
    dict(_FILL), dict(_FILL),
    "III",
    dict(_FILL), dict(_FILL),
)  # fmt: skip


def figure(key: str, lang: str) -> PrintedFigure:
    """The figure as it is printed in a language."""
    slug, value, kind, unit, qualifier, period, texts = FIGURES[key]
    return PrintedFigure(
        key=key, slug=slug, text=texts[lang], value=Decimal(value), kind=kind, unit=unit, qualifier=qualifier,
        period=period, as_of=AS_OF, basis="declared" if key == "fig_F9_1" else "computed",
        digest=hashlib.sha256(f"{key} {value}".encode()).hexdigest(), path=f"/reports/editions/X/figures/{slug}/",
    )  # fmt: skip


def runs(text: str, lang: str) -> tuple[Run, ...]:
    """The runs of a text with figures and marks of footnotes in it."""
    out: list[Run] = []
    rest = text
    while rest:
        at = min((i for i in (rest.find("{"), rest.find("^")) if i >= 0), default=len(rest))
        if at:
            out.append(Run(rest[:at]))
        if rest[at : at + 1] == "{":
            end = rest.index("}", at)
            made = figure(rest[at + 1 : end], lang)
            out.append(Run(made.text, figure=made))
            rest = rest[end + 1 :]
        elif rest[at : at + 1] == "^":
            out.append(Run(rest[at + 1], footnote=int(rest[at + 1])))
            rest = rest[at + 2 :]
        else:
            rest = ""
    return tuple(out)


def sample(lang: str = "en") -> EditionDocument:
    """The report in "en", "ar" or "zh": 12 paragraphs, three levels of headings, two footnotes."""
    body: list[Heading | NumberedParagraph] = []
    number = 0
    for part in BODY:
        if isinstance(part, str):
            level, labels = HEADINGS[part]
            body.append(Heading(level, *labels[lang]))
        else:
            number += 1
            body.append(NumberedParagraph(number, f"p-{number:03}", runs(part[lang], lang), ("99/999",)))
    return EditionDocument(
        code="FICT-2020", lang=lang, title=TITLE[lang], subtitle=SUBTITLE[lang],
        masthead=Masthead(ORGAN[lang], ("A/99/999",), "general", date(2020, 4, 24), "en", SESSION[lang], ITEM[lang],
                          "Example Organization"),
        summary=runs(SUMMARY[lang], lang), body=tuple(body),
        footnotes=tuple(Footnote(n, texts[lang]) for n, texts in NOTES.items()), notices=(NOTICE[lang],),
        status="original" if lang == "en" else "unofficial", as_of=AS_OF, digest=hashlib.sha256(b"sample").hexdigest(),
    )  # fmt: skip


def long_sample(lang: str = "en", paragraphs: int = 116, figures: int = 142) -> EditionDocument:
    """A report of the real one's size, for measuring."""
    short = sample(lang)
    body: list[Heading | NumberedParagraph] = []
    placed = 0
    for number in range(1, paragraphs + 1):
        if number % 8 == 1:
            body.append(Heading(1 + number // 8 % 3, f"{number // 8 + 1}.", TITLE[lang]))
        text: list[Run] = [Run(_FILL[lang] + " ")]
        while placed < figures * number // paragraphs:
            placed += 1
            made = replace(figure("fig_F2_1", lang), key=f"fig_F{number}_{placed}", slug=f"count.{placed}")
            text += [Run(made.text, figure=made), Run(" " + _FILL[lang] + " ")]
        body.append(NumberedParagraph(number, f"p-{number:03}", tuple(text)))
    return replace(short, body=tuple(body), summary=(), footnotes=())
