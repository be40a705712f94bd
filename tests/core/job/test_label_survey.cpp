#include "core/base/file.h"
#include "core/job/plan_run.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* modelPath = "models/stories260k-hf";

std::string row(const std::string& question, const std::string& answer) {
    return dumpJson(Json{{"messages",
               {{{"role", "user"}, {"content", question}},
                   {{"role", "assistant"}, {"content", answer}}}}})
        + "\n";
}

} // namespace

/// What is shown before a run against what the run's own preparation gives.
class TestLabelSurvey : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }

    TrainSpec specOn(const std::string& text) {
        if (!writeFileAtomically(root() / "rows.jsonl", text))
            qFatal("cannot write");
        TrainSpec spec;
        spec.model.path = (dataFolder() / modelPath).string();
        spec.chatTemplate = "plain";
        spec.data.files = {(root() / "rows.jsonl").string()};
        spec.data.maxLength = 64;
        spec.schedule.microBatchTokens = 128;
        spec.data.emptyRows = "skip";
        return spec;
    }
    std::unique_ptr<RunPlan> planOf(const TrainSpec& spec) {
        auto plan = RunPlan::make(spec, root(), {}, {}, {});
        if (!plan)
            qFatal("%s", message(plan.error()).c_str());
        return std::move(*plan);
    }

private Q_SLOTS:
    void initTestCase() { ASSAY_NEED_DATA("models/stories260k-hf"); }
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void rowsAreThoseThatTrainingPrepares_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("templateName");
        QTest::addColumn<QString>("overlong");
        QTest::addColumn<bool>("packing");
        const auto add
            = [](const char* file, const char* name, const char* overlong, bool packing) {
                  QTest::addRow("%s %s %s", file, name, overlong)
                      << QString::fromLatin1(file) << QString::fromLatin1(name)
                      << QString::fromLatin1(overlong) << packing;
              };
        for (const char* name : {"plain", "llama-2", "chatml"})
            add("alpaca_en_demo.json", name, "truncate", true);
        add("alpaca_en_demo.json", "alpaca", "drop", false);
        add("alpaca_zh_demo.json", "plain", "truncate", true);
    }
    void rowsAreThoseThatTrainingPrepares() {
        QFETCH(QString, file);
        QFETCH(QString, templateName);
        QFETCH(QString, overlong);
        QFETCH(bool, packing);
        ASSAY_NEED_DATA("sft/llamafactory-alpaca");
        auto all = readJsonFile(dataFolder() / "sft/llamafactory-alpaca" / file.toStdString());
        ASSAY_VERIFY_RESULT(all);
        Json some = Json::array();
        for (std::size_t i = 0; i < std::min<std::size_t>(all->size(), 150); ++i)
            some.push_back((*all)[i]);
        TrainSpec spec = specOn("");
        spec.data.files = {(root() / "some.json").string()};
        ASSAY_VERIFY_RESULT(writeFileAtomically(root() / "some.json", dumpJson(some)));
        spec.chatTemplate = templateName.toStdString();
        spec.data.overlong = overlong.toStdString();
        spec.data.packing = packing;
        spec.data.maxLength = packing ? 64 : 300; // the preamble of alpaca alone takes more than 64
        spec.schedule.microBatchTokens = 300;

        const auto plan = planOf(spec);
        const auto inputs = trainInputs(spec);
        ASSAY_VERIFY_RESULT(inputs);
        // The run's own way, on a snapshot of its own.
        ASSAY_VERIFY_RESULT(makeSnapshot(spec, root() / "data", {}, {}));
        const auto rows = prepareRows(
            spec, root() / "data", inputs->tokenizer.get(), inputs->chatTemplate.get(), {});
        ASSAY_VERIFY_RESULT(rows);
        const std::vector<std::int64_t> trained = plan->survey().trainRows();
        QVERIFY(trained.size() > 10);
        QCOMPARE(trained.size(), rows->train.size());
        QCOMPARE(std::size_t(plan->survey().heldOut), rows->heldOut.size());
        QCOMPARE(plan->survey().cutTrainedTokens, rows->cutTrainedTokens);
        QCOMPARE(plan->survey().count(LabelProblem::Untrained), rows->emptyRows);
        for (std::size_t i = 0; i < trained.size(); i += 7) {
            const auto preview = plan->preview(trained[i]);
            ASSAY_VERIFY_RESULT(preview);
            const TrainRow& expected = rows->train[i];
            QCOMPARE(preview->id, expected.id);
            QCOMPARE(preview->tokens.size(), expected.ids.size());
            for (std::size_t t = 0; t < expected.ids.size(); ++t) {
                QCOMPARE(preview->tokens[t].id, expected.ids[t]);
                QCOMPARE(preview->tokens[t].trained, expected.labels[t] != ignoredLabel);
            }
        }
        QVERIFY(plan->firstEpoch() == planEpoch(spec, plannedRows(rows->train), 0));
        QCOMPARE(plan->batches().totalSteps, totalSteps(spec, plannedRows(rows->train)));
    }

    void problemsAreCountedAndTheirRowsMarked() {
        std::string longAnswer;
        for (int i = 0; i < 60; ++i)
            longAnswer += "word ";
        const TrainSpec spec = specOn(row("What is it?", "A dog.")
            + row(longAnswer + longAnswer, "Never reached.") // the question fills the limit
            + row("Say a lot.", longAnswer) + row("And now?", "A cat."));
        const auto plan = planOf(spec);
        const LabelSurvey& survey = plan->survey();
        QCOMPARE(survey.rows.size(), std::size_t(4));
        QCOMPARE(survey.count(LabelProblem::Untrained), std::int64_t(1));
        QVERIFY(survey.rows[1].has(LabelProblem::Untrained));
        QCOMPARE(survey.count(LabelProblem::CutAnswer), std::int64_t(2));
        QVERIFY(survey.rows[2].has(LabelProblem::CutAnswer));
        QCOMPARE(survey.count(LabelProblem::MissingEnd), std::int64_t(0));
        QCOMPARE(survey.count(LabelProblem::DoubledBos), std::int64_t(0));
        const auto cut = plan->preview(2);
        ASSAY_VERIFY_RESULT(cut);
        QCOMPARE(std::int64_t(cut->cutTokens.size()), std::int64_t(survey.rows[2].cut));
        QCOMPARE(cut->cutTokens.back().text, std::string("</s>"));
        QVERIFY(cut->cutTokens.back().control);
        const auto whole = plan->preview(0);
        ASSAY_VERIFY_RESULT(whole);
        QCOMPARE(whole->tokens.back().text, std::string("</s>"));
        QVERIFY(whole->tokens.back().trained);
        QVERIFY(!whole->tokens.front().trained);
    }

    void anEndMarkThatTheVocabularyLacksIsAMissingEnd() {
        TrainSpec spec = specOn(row("What is it?", "A dog."));
        spec.chatTemplate = "chatml"; // this vocabulary has no <|im_end|>
        spec.data.maxLength = 200;
        spec.schedule.microBatchTokens = 200;
        QCOMPARE(planOf(spec)->survey().count(LabelProblem::MissingEnd), std::int64_t(1));
    }

    void readyIdsWithADoubledBosAreFound() {
        TrainSpec spec = specOn("");
        spec.data.files.clear();
        spec.data.tokenized = (root() / "ids.jsonl").string();
        ASSAY_VERIFY_RESULT(writeFileAtomically(
            spec.data.tokenized, "{\"ids\":[1,1,20,21,2]}\n{\"ids\":[1,20,21,22]}\n"));
        const auto plan = planOf(spec);
        QCOMPARE(plan->survey().count(LabelProblem::DoubledBos), std::int64_t(1));
        QVERIFY(plan->survey().rows[0].has(LabelProblem::DoubledBos));
        QCOMPARE(plan->survey().count(LabelProblem::MissingEnd), std::int64_t(1));
        QVERIFY(plan->survey().rows[1].has(LabelProblem::MissingEnd));
    }

    void aRowThatTheTemplateRefusesIsShownAndDoesNotHideTheOthers() {
        TrainSpec spec = specOn(row("Hello?", "Hi.")
            + R"({"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"}]})"
              "\n");
        spec.chatTemplate = "llama-2"; // wants turns that alternate
        const auto plan = planOf(spec);
        QCOMPARE(plan->survey().count(LabelProblem::Unrendered), std::int64_t(1));
        QVERIFY(plan->survey().refusal.has_value());
        const auto preview = plan->preview(1);
        ASSAY_VERIFY_RESULT(preview);
        QVERIFY(preview->refusal.has_value());
    }

    void figuresOfTheBatchesAreThoseOfTheirRows() {
        std::string text;
        for (int i = 0; i < 40; ++i)
            text += row(
                "Question " + std::to_string(i), std::string(std::size_t(3 + i % 9) * 4, 'a'));
        TrainSpec spec = specOn(text);
        spec.data.heldOut = 4;
        spec.schedule.accumulation = 2;
        const auto plan = planOf(spec);
        const BatchSummary& batches = plan->batches();
        std::int64_t tokens = 0;
        for (const SurveyRow& one : plan->survey().rows)
            tokens += one.heldOut ? 0 : one.tokens;
        QCOMPARE(batches.tokens, tokens);
        QCOMPARE(batches.steps, (batches.microBatches + 1) / 2);
        QCOMPARE(batches.rowsPerStep * double(batches.steps), 36.0);
        QCOMPARE(batches.emptyShare, 1 - double(tokens) / (128.0 * double(batches.microBatches)));
        spec.data.packing = false;
        spec.schedule.microBatchRows = 6;
        ASSAY_VERIFY_RESULT(plan->change(spec, {}, {}, {}));
        QCOMPARE(plan->batches().microBatches, std::int64_t(6));
        QCOMPARE(plan->batches().emptyShare, 0.0);
        QVERIFY(plan->batches().paddingAvoided > 0);
    }

    void documentsArePiecesAndOnlyTheLastOneEnds() {
        std::string text;
        for (int i = 0; i < 200; ++i)
            text += "The dog ran to the park. ";
        TrainSpec spec = specOn("");
        spec.kind = "pretrain";
        spec.chatTemplate.clear();
        spec.data.files = {(root() / "corpus.txt").string()};
        ASSAY_VERIFY_RESULT(writeFileAtomically(root() / "corpus.txt", text + "\n"));
        const auto plan = planOf(spec);
        const auto& rows = plan->survey().rows;
        QVERIFY(rows.size() > 3);
        QCOMPARE(rows[1].piece, 1);
        QCOMPARE(rows[1].tokens, 64);
        QCOMPARE(plan->survey().count(LabelProblem::MissingEnd), std::int64_t(0));
        QCOMPARE(plan->survey().count(LabelProblem::CutAnswer), std::int64_t(0));
        const auto second = plan->preview(1);
        ASSAY_VERIFY_RESULT(second);
        QCOMPARE(second->tokens.size(), std::size_t(64));
    }
};

QTEST_APPLESS_MAIN(TestLabelSurvey)
#include "test_label_survey.moc"
