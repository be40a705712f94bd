#include "core/base/file.h"
#include "core/job/data_snapshot.h"
#include "core/job/prepare_job.h"
#include "core/store/project.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
namespace fs = std::filesystem;

class TestDataSnapshot : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }
    fs::path put(const char* name, const std::string& text) {
        const fs::path path = root() / name;
        if (!writeFileAtomically(path, text))
            qFatal("cannot write %s", path.c_str());
        return path;
    }
    static std::vector<SnapshotRow> rowsOf(const fs::path& folder, const SnapshotSummary& summary) {
        std::vector<SnapshotRow> rows;
        const auto read
            = forEachSnapshotRow(folder, summary, [&](SnapshotRow&& row) -> Result<void> {
                  rows.push_back(std::move(row));
                  return {};
              });
        if (!read)
            qWarning("%s", message(read.error()).c_str());
        return rows;
    }
    TrainSpec specWith(const fs::path& file, const char* kind = "sft") {
        TrainSpec spec;
        spec.kind = kind;
        spec.data.files = {file.string()};
        return spec;
    }

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void rowsOfFilesAreKeptWithTheirNames() {
        const fs::path a = put("a.jsonl",
            "{\"instruction\":\"Capital of France?\",\"input\":\"\",\"output\":\"Paris\"}\n"
            "{\"instruction\":\"broken\n"
            "{\"instruction\":\"法国的首都是哪里？\",\"input\":\"\",\"output\":\"巴黎\"}\n");
        const auto summary = makeSnapshot(specWith(a), root() / "data", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QVERIFY(summary->form == SnapshotForm::Rows);
        QCOMPARE(summary->rows, std::int64_t(2));
        QCOMPARE(summary->rejected, std::int64_t(1));
        const auto read = readSnapshotSummary(root() / "data");
        ASSAY_VERIFY_RESULT(read);
        QCOMPARE(read->hash, summary->hash);
        QCOMPARE(read->sources.at(0).rows, std::int64_t(2));
        QCOMPARE(read->sources.at(0).rejected, std::int64_t(1));
        const auto rows = rowsOf(root() / "data", *read);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].id, std::string("a.jsonl:1"));
        QCOMPARE(rows[1].id, std::string("a.jsonl:3"));
        QCOMPARE(rows[1].row, std::int64_t(1));
        QCOMPARE(rows[1].sample.messages.at(1).content, std::string("巴黎"));
        QCOMPARE(rows[1].revision, revisionHash(rows[1].sample));
        QCOMPARE(rows[0].channel, std::string("a"));
        const auto rejected = parseJson(*readFile(root() / "data/rejected.jsonl"), "rejected");
        ASSAY_VERIFY_RESULT(rejected);
        QCOMPARE(rejected->at("line").get<int>(), 2);
        QVERIFY(!rejected->at("reason").at("message").get<std::string>().empty());
    }

    void sameDataGiveTheSameSnapshot() {
        const fs::path a = put("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n");
        const auto first = makeSnapshot(specWith(a), root() / "1", {}, {});
        const auto second = makeSnapshot(specWith(a), root() / "2", {}, {});
        ASSAY_VERIFY_RESULT(first);
        ASSAY_VERIFY_RESULT(second);
        QCOMPARE(first->hash, second->hash);
    }

    void plainTextBecomesDocuments() {
        const fs::path text
            = put("corpus.txt", "The capital of France\nis Paris.\n\nThe Seine flows there.\n");
        const auto summary = makeSnapshot(specWith(text, "pretrain"), root() / "data", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QVERIFY(summary->form == SnapshotForm::Text);
        const auto rows = rowsOf(root() / "data", *summary);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].sample.text.value(), std::string("The capital of France\nis Paris."));
        QCOMPARE(rows[1].id, std::string("corpus.txt:4"));
        QVERIFY(fs::exists(root() / "data/text.jsonl"));
    }

    void conversationsAreNoPretrainingText() {
        const fs::path a = put("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n");
        const auto summary = makeSnapshot(specWith(a, "pretrain"), root() / "data", {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, std::string("snapshot.no_rows"));
        QCOMPARE(summary.error().argument("rejected"), std::string_view("1"));
        QCOMPARE(summary.error().details.at(0).code, std::string("snapshot.row"));
        QVERIFY(message(summary.error()).find("it is a conversation") != std::string::npos);
    }

    void tokenisedLinesAreChecked() {
        const fs::path file = put("ids.jsonl",
            "{\"ids\":[1,5,6,2],\"labels\":[-100,-100,6,2]}\n"
            "{\"ids\":[1,5],\"labels\":[5]}\n"
            "{\"ids\":[1,-5],\"labels\":[1,5]}\n"
            "\n"
            "{\"ids\":[1,7,8],\"channel\":\"x\"}\n"
            "{\"ids\":[1,7],\"labels\":[1,-5]}\n"
            "{\"ids\":[]}\n"
            "[1,2]");
        TrainSpec spec;
        spec.data.tokenized = file.string();
        const auto summary = makeSnapshot(spec, root() / "data", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->rejected, std::int64_t(5));
        const auto rows = rowsOf(root() / "data", *summary);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].ids, (std::vector<TokenId>{1, 5, 6, 2}));
        QCOMPARE(rows[0].labels, (std::vector<TokenId>{-100, -100, 6, 2}));
        QCOMPARE(rows[1].id, std::string("ids.jsonl:5"));
        QCOMPARE(rows[1].channel, std::string("x"));
        QCOMPARE(rows[1].labels, rows[1].ids);
        std::vector<int> lines;
        const std::string text = *readFile(root() / "data/rejected.jsonl");
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            lines.push_back(Json::parse(text.substr(at, end - at)).at("line").get<int>());
            at = end + 1;
        }
        QCOMPARE(lines, (std::vector<int>{2, 3, 6, 7, 8}));
    }

    void changedSnapshotIsRefused() {
        const fs::path a = put("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n");
        const auto summary = makeSnapshot(specWith(a), root() / "data", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        std::string text = *readFile(root() / "data/rows.jsonl");
        text.replace(text.find("\"q\""), 3, "\"x\"");
        ASSAY_VERIFY_RESULT(writeFileAtomically(root() / "data/rows.jsonl", text));
        const auto read = forEachSnapshotRow(
            root() / "data", *summary, [](SnapshotRow&&) { return Result<void>(); });
        QVERIFY(!read);
        QCOMPARE(read.error().code, std::string("snapshot.changed"));
    }

    void projectGivesWhatWasNotRejected() {
        std::vector<std::int64_t> ids;
        {
            auto project = Project::create(root() / "p.assay");
            ASSAY_VERIFY_RESULT(project);
            const fs::path a = put("a.jsonl",
                "{\"instruction\":\"one\",\"output\":\"1\"}\n{\"instruction\":\"two\",\"output\":"
                "\"2\"}\n"
                "{\"instruction\":\"three\",\"output\":\"3\"}\n");
            ASSAY_VERIFY_RESULT(project->imports().importFiles(std::span(&a, 1), {}));
            ids = *project->samples().ids({});
            QCOMPARE(ids.size(), std::size_t(3));
            Decision reject;
            reject.kind = EventKind::Reject;
            reject.samples = {ids[1]};
            reject.author = "tester";
            ASSAY_VERIFY_RESULT(project->decisions().record(reject));
            SampleFilter rejected;
            rejected.statuses = {ReviewStatus::Rejected};
            ASSAY_VERIFY_RESULT(project->registry().saveView("thrown out", rejected));
        }
        TrainSpec spec;
        spec.data.project = (root() / "p.assay").string();
        auto summary = makeSnapshot(spec, root() / "all", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        auto rows = rowsOf(root() / "all", *summary);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[1].sample.messages.at(0).content, std::string("three"));
        QVERIFY(rows[1].id.size() == 36); // the global id
        spec.data.view = "thrown out";
        summary = makeSnapshot(spec, root() / "view", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        rows = rowsOf(root() / "view", *summary);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].sample.messages.at(0).content, std::string("two"));
        spec.data.view = "{\"text\":\"three\"}";
        summary = makeSnapshot(spec, root() / "filter", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->rows, std::int64_t(1));
        spec.data.view = "no such view";
        QVERIFY(!makeSnapshot(spec, root() / "none", {}, {}));
    }

    void failedPreparationLeavesNothingBehind() {
        put("a.jsonl", "{\"instruction\":\"broken\n");
        fs::create_directory(root() / "model");
        put("model/config.json", "{}");
        TrainSpec spec = specWith("a.jsonl");
        spec.model.path = "model";
        auto job = prepareJob(root() / "jobs" / "j", spec, root(), {}, {});
        QVERIFY(!job);
        QVERIFY(fs::is_empty(root() / "jobs"));
        // Mended, the same call makes the job.
        put("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n");
        job = prepareJob(root() / "jobs" / "j", spec, root(), {}, {});
        ASSAY_VERIFY_RESULT(job);
        QCOMPARE(job->spec().data.files.front(), (root() / "a.jsonl").string());
        QCOMPARE(readSnapshotSummary(job->dataFolder())->rows, std::int64_t(1));
        QVERIFY(job->spec().name.starts_with("sft 20"));
        QCOMPARE(prepareJob(root() / "jobs" / "j", spec, root(), {}, {}).error().code,
            std::string("job.folder_taken"));
    }

    void anyKindOfTokenizerServesARandomStart() {
        put("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n");
        fs::create_directory(root() / "words");
        TrainSpec spec = specWith("a.jsonl");
        spec.model.shape.emplace();
        spec.model.tokenizer = "words";
        auto job = prepareJob(root() / "jobs" / "j", spec, root(), {}, {});
        QVERIFY(!job);
        QCOMPARE(job.error().code, std::string("text.no_tokenizer"));
        put("words/tokenizer.json", "{}");
        job = prepareJob(root() / "jobs" / "j", spec, root(), {}, {});
        ASSAY_VERIFY_RESULT(job);
    }

    void missingInputsAreNamedTogether() {
        TrainSpec spec = specWith("nowhere.jsonl");
        spec.model.path = "no-model";
        const auto job = prepareJob(root() / "j", spec, root(), {}, {});
        QVERIFY(!job);
        QCOMPARE(job.error().code, std::string("several"));
        QCOMPARE(job.error().details.size(), std::size_t(2));
        QCOMPARE(job.error().details[0].argument("path"),
            std::string_view((root() / "no-model/config.json").string()));
    }

    void realDataSet() {
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/alpaca_en_demo.json");
        const auto summary = makeSnapshot(
            specWith(test::dataFolder() / "sft/llamafactory-alpaca/alpaca_en_demo.json"),
            root() / "data", {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->rejected, std::int64_t(0));
        QCOMPARE(rowsOf(root() / "data", *summary).size(), std::size_t(summary->rows));
        QVERIFY(summary->rows > 900);
    }
};

QTEST_APPLESS_MAIN(TestDataSnapshot)
#include "test_data_snapshot.moc"
