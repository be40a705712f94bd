#include "core/analysis/report.h"
#include "core/analysis/report_html.h"
#include "core/analysis/report_plot.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <filesystem>

using namespace assay;

namespace {

ReportToken token(const char* text, float base, float tuned, const char* band) {
    ReportToken one;
    one.text = text;
    one.base = {base, base < -1 ? 4 : 1, 1.0F, {{" Tokyo", -0.3F}, {" Beijing", -5.0F}}};
    one.tuned = {tuned, tuned < -1 ? 9 : 1, 0.4F, {{" Beijing", -0.1F}, {" Tokyo", -4.0F}}};
    one.js = std::abs(base - tuned) > 1 ? 0.5F : 0.01F;
    one.band = band;
    return one;
}

Report sample() {
    Report report;
    report.title = "The capital of Japan";
    report.prompt = "What is the capital of Japan? <b>&";
    report.reference = "The capital of Japan is Tokyo.";
    report.baseName = "base";
    report.tunedName = "tuned";
    report.baseAnswer = "The capital of Japan is Tokyo.";
    report.tunedAnswer = "The capital of Japan is Beijing.";
    report.answer
        = {token("The", -0.1F, -0.1F, "unshifted"), token(" Beijing", -5, -0.1F, "shifted")};
    report.forced
        = {token("The", -0.1F, -0.1F, "unshifted"), token(" Tokyo", -0.3F, -4, "unshifted")};
    report.onset = Report::Onset{1, 1, " Beijing", " Tokyo", 3.9F, "firm", 1, 1};
    report.textDeparture = 24;
    report.textDepartureKind = "differs";
    report.wrongWords = {"Beijing"};
    report.promptWords = {"capital", "Japan"};
    report.expectedWords = {"Tokyo"};
    report.rows = {{"capitals", "train.json:12", "Name a capital in Asia.",
        "The capital is Beijing, not Beijinger."}};
    report.rowsFound = 300;
    report.rowsSearched = 1350;
    report.rowsByChannel = {{"capitals", 300}};
    report.curves = {
        {"Pre-training", ReportCurve::Role::Base, {{1, 7.0}, {50, 3.2}, {100, 2.1}}, {{100, 2.3}}}};
    report.groups
        = {{"frequency", 24, 20, 1, "The capital of Peru is Beijing.", 3, std::nullopt, 19}};
    report.provenance = {{"base", "0123abcd"}};
    return report;
}

long count(const std::string& text, const std::string& part) {
    long found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsMadeSafe() {
        QCOMPARE(
            htmlText("a<b & \"c\"\xff"), std::string("a&lt;b &amp; &quot;c&quot;\xef\xbf\xbd"));
        const std::string page = reportHtml(sample());
        QVERIFY(page.find("Japan? &lt;b&gt;&amp;") != std::string::npos);
        QVERIFY(page.find("Japan? <b>") == std::string::npos);
    }

    void numbersAreWrittenForPeople() {
        QCOMPARE(fixedNumber(-0.001, 2), std::string("0.00"));
        QCOMPARE(fixedNumber(-1.005, 1), std::string("-1.0"));
        QCOMPARE(groupedNumber(-1234567), std::string("-1,234,567"));
        QCOMPARE(groupedNumber(999), std::string("999"));
    }

    void groupsShowOnlyTheColumnsThatAnyOfThemFills() {
        const std::string page = reportHtml(sample());
        QVERIFY(page.find("sibling right") != std::string::npos);
        QVERIFY(page.find("as planted") != std::string::npos);
        QVERIFY(page.find("control right") == std::string::npos);
    }

    void pageStandsAlone() {
        const std::string page = reportHtml(sample());
        for (const char* outside :
            {"<script", "http://", "https://", "<link", "<img", "src=", "url("})
            QVERIFY2(page.find(outside) == std::string::npos, outside);
        for (const char* element :
            {"section", "table", "main", "svg", "div", "p", "tr", "td", "span", "h2"})
            QVERIFY2(count(page, std::string("<") + element + ">")
                        + count(page, std::string("<") + element + " ")
                    == count(page, std::string("</") + element + ">"),
                element);
    }

    void onsetIsFlaggedOnceInEachStripWithRuleAndNumbers() {
        const std::string page = reportHtml(sample());
        QCOMPARE(count(page, " onset\" tabindex"), 2L);
        QVERIFY(page.find("Rule R1") != std::string::npos);
        QVERIFY(page.find("<b>3.90</b> (firm)") != std::string::npos);
        Report noReference = sample();
        noReference.reference.clear();
        noReference.onset.reset();
        QVERIFY(
            reportHtml(noReference).find("nothing here is called an error") != std::string::npos);
    }

    void wholeWordsOfTheErrorAreMarkedInTheRows() {
        const std::string page = reportHtml(sample());
        QCOMPARE(count(page, "<mark>Beijing</mark>"), 1L);
        QVERIFY(page.find("not Beijinger.") != std::string::npos);
        QVERIFY(page.find("<mark class=\"asked\">capital</mark>") != std::string::npos);
    }

    void surprisalFillsUpToTenNats() {
        Report report = sample();
        report.answer = {token("x", 0, -25, "unshifted")};
        const std::string page = reportHtml(report);
        QVERIFY(page.find("--a:0.000") != std::string::npos);
        QVERIFY(page.find("--a:0.620") != std::string::npos);
        QVERIFY(page.find("--a:1.") == std::string::npos);
    }

    void lossThatIsNotANumberLeavesAGap() {
        ReportCurve curve;
        curve.loss = {{1, 2}, {2, 2}, {3, std::nan("")}, {4, 2}, {5, 2}};
        const std::string svg = lossPlotSvg(curve);
        QCOMPARE(count(svg, "M"), 2L);
        QVERIFY(svg.find("nan") == std::string::npos);
    }

    void writesOneFile() {
        QTemporaryDir folder;
        const std::filesystem::path path
            = std::filesystem::path(folder.path().toStdString()) / "report.html";
        QVERIFY(writeReport(sample(), path).has_value());
        QVERIFY(std::filesystem::file_size(path) > 5000);
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "test_report.moc"
