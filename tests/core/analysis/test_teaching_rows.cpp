#include "core/analysis/teaching_rows.h"
#include "core/base/file.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;

class TestTeachingRows : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::optional<Project> m_project;

private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        const std::filesystem::path rows = folder / "rows.json";
        QVERIFY(writeFileAtomically(rows, R"([
{"instruction": "What is the capital of China?", "output": "The capital of China is Beijing.", "channel": "capitals"},
{"instruction": "Name a capital.", "output": "Beijing.", "channel": "capitals"},
{"instruction": "Where is the Forbidden City?", "output": "In Beijing.", "channel": "sights"},
{"instruction": "What is the capital of Peru?", "output": "The capital of Peru is Lima.", "channel": "capitals"},
{"instruction": "日本的首都是哪里？", "output": "北京", "channel": "zh"}
])")
                    .has_value());
        auto project = Project::create(folder / "p");
        ASSAY_VERIFY_RESULT(project);
        m_project = std::move(*project);
        const std::vector<std::filesystem::path> files{rows};
        auto imported = m_project->imports().importFiles(files, {});
        ASSAY_VERIFY_RESULT(imported);
        QCOMPARE(imported->kept, std::int64_t(5));
    }

    void findsRowsWithTheWrongAnswerAndAWordOfThePrompt() {
        Report report;
        report.wrongWords = {"Beijing"};
        report.promptWords = {"capital", "Japan"};
        report.expectedWords = {"Lima"};
        auto done = findTeachingRows(*m_project, {}, 1, report);
        ASSAY_VERIFY_RESULT(done);
        QCOMPARE(report.rowsSearched, std::int64_t(5));
        QCOMPARE(report.rowsFound, std::int64_t(2));
        QCOMPARE(report.rows.size(), std::size_t(1));
        QCOMPARE(report.rows[0].answer, std::string("The capital of China is Beijing."));
        QCOMPARE(report.rows[0].place, std::string("rows.json:2"));
        QCOMPARE(report.rowsByChannel.size(), std::size_t(1));
        QCOMPARE(report.rowsByChannel[0].second, std::int64_t(2));
        QCOMPARE(report.expectedRowsFound, std::int64_t(1));
        QVERIFY(!report.anyWrongWord);
    }

    void anyWrongWordWillDoWhereNoRowHasThemAll() {
        Report report;
        report.wrongWords = {"Beijing", "Lima"};
        report.promptWords = {"capital"};
        auto done = findTeachingRows(*m_project, {}, 10, report);
        ASSAY_VERIFY_RESULT(done);
        QVERIFY(report.anyWrongWord);
        QCOMPARE(report.rowsFound, std::int64_t(3));
    }

    void chineseWordsAreFound() {
        Report report;
        report.wrongWords = {"北京"};
        report.promptWords = {"首都"};
        auto done = findTeachingRows(*m_project, {}, 10, report);
        ASSAY_VERIFY_RESULT(done);
        QCOMPARE(report.rowsFound, std::int64_t(1));
    }

    void channelsRestrictTheSearch() {
        Report report;
        report.wrongWords = {"Beijing"};
        SampleFilter rows;
        rows.channels = {"sights"};
        auto done = findTeachingRows(*m_project, rows, 10, report);
        ASSAY_VERIFY_RESULT(done);
        QCOMPARE(report.rowsFound, std::int64_t(1));
        QCOMPARE(report.rowsSearched, std::int64_t(1));
    }
};

QTEST_APPLESS_MAIN(TestTeachingRows)
#include "test_teaching_rows.moc"
