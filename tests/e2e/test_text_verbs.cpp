#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;

namespace {

struct Outcome {
    int status = -1;
    std::string out;
    std::string err;
};

Outcome cli(const QStringList& arguments) {
    QProcess process;
    process.start(test::toQString(test::binaryFolder() / "assay-cli"), arguments);
    Outcome outcome;
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    outcome.out = process.readAllStandardOutput().toStdString();
    outcome.err = process.readAllStandardError().toStdString();
    return outcome;
}

QString model(const char* name) {
    return test::toQString(test::dataFolder() / name);
}

} // namespace

class TestTextVerbs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenizeGivesIdsAndPieces() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const QStringList arguments{QStringLiteral("tokenize"), QStringLiteral("--model"),
            model("models/stories260k-hf"), QStringLiteral("--text"),
            QStringLiteral("Once upon a time, é🦙"), QStringLiteral("--json")};
        const Outcome outcome = cli(arguments);
        QCOMPARE(outcome.status, 0);
        const auto line = parseJson(outcome.out, "stdout");
        ASSAY_VERIFY_RESULT(line);
        const std::vector<int> expected{1, 403, 407, 261, 378, 432};
        const auto ids = (*line)["ids"].get<std::vector<int>>();
        QVERIFY(std::equal(expected.begin(), expected.end(), ids.begin()));
        QCOMPARE((*line)["pieces"].size(), ids.size());
        QCOMPARE((*line)["pieces"][1].get<std::string>(), std::string("▁Once"));
        QCOMPARE((*line)["pieces"].back().get<std::string>(), std::string("<0x99>"));

        const Outcome bare = cli(arguments + QStringList{QStringLiteral("--no-bos")});
        const auto without = parseJson(bare.out, "stdout");
        ASSAY_VERIFY_RESULT(without);
        QCOMPARE((*without)["ids"].get<std::vector<int>>(),
            std::vector<int>(ids.begin() + 1, ids.end()));
    }

    void aTrainedTokenizerTokenizes() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        std::string corpus;
        for (int i = 0; i < 200; ++i)
            corpus += "The harbour of Valparaíso has " + std::to_string(i) + " boats.\n";
        ASSAY_VERIFY_RESULT(writeFileAtomically(root / "corpus.txt", corpus));
        const QString out = folder.filePath(QStringLiteral("tok"));
        const QStringList train{QStringLiteral("train-tokenizer"), QStringLiteral("--input"),
            folder.filePath(QStringLiteral("corpus.txt")), QStringLiteral("--out"), out,
            QStringLiteral("--template"), QStringLiteral("chatml"), QStringLiteral("--vocab")};
        const Outcome trained = cli(train + QStringList{QStringLiteral("310")});
        QVERIFY2(trained.status == 0, trained.err.c_str());
        QVERIFY(std::filesystem::exists(root / "tok/assay_template.json"));
        const Outcome shown = cli({QStringLiteral("tokenize"), QStringLiteral("--model"), out,
            QStringLiteral("--text"), QStringLiteral("The harbour"), QStringLiteral("--json")});
        QCOMPARE(shown.status, 0);
        QVERIFY(parseJson(shown.out, "stdout").value()["ids"].size() < 6);

        const Outcome large = cli(train + QStringList{QStringLiteral("30000")});
        QCOMPARE(large.status, 1);
        QVERIFY(large.err.find("at most") != std::string::npos);
    }

    void mistakesEndWithOneClearMessage() {
        QTemporaryDir empty;
        for (const QString& folder : {empty.path(), empty.filePath(QStringLiteral("absent"))}) {
            const Outcome outcome = cli({QStringLiteral("tokenize"), QStringLiteral("--model"),
                folder, QStringLiteral("--text"), QStringLiteral("x")});
            QCOMPARE(outcome.status, 1);
            QVERIFY(outcome.out.empty());
            QVERIFY(outcome.err.find(folder.toStdString()) != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestTextVerbs)
#include "test_text_verbs.moc"
