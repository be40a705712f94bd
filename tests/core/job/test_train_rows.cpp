#include "core/base/file.h"
#include "core/job/train_inputs.h"
#include "core/job/train_rows.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <set>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// What of a row is trained, and with which weight.
class TestTrainRows : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }

    static Json message(const char* role, const char* content) {
        return {{"role", role}, {"content", content}};
    }
    static Json twoTurns() {
        return {{"messages",
            {message("user", "One day"), message("assistant", "Lily smiled."),
                message("user", "And then"), message("assistant", "Tom ran home.")}}};
    }
    TrainSpec specFor(const std::vector<Json>& rows) {
        std::string text;
        for (const Json& row : rows)
            text += dumpJson(row) + "\n";
        if (!writeFileAtomically(root() / "rows.jsonl", text))
            qFatal("cannot write");
        TrainSpec spec;
        spec.model.path = (dataFolder() / "models/stories260k-hf").string();
        spec.chatTemplate = "plain";
        spec.data.files = {(root() / "rows.jsonl").string()};
        spec.data.heldOut = 0;
        spec.data.emptyRows = "skip";
        return spec;
    }
    Result<TrainRows> rowsOf(const TrainSpec& spec) {
        m_inputs = trainInputs(spec).value();
        fs::remove_all(root() / "data");
        if (auto made = makeSnapshot(spec, root() / "data", {}, {}); !made)
            return forward(made);
        return prepareRows(
            spec, root() / "data", m_inputs.tokenizer.get(), m_inputs.chatTemplate.get(), {});
    }
    /// The text of the trained tokens from `begin` to `end`.
    std::string trained(const TrainRow& row, std::size_t begin, std::size_t end) const {
        std::vector<TokenId> ids;
        for (std::size_t i = begin; i < end; ++i)
            if (row.labels[i] != ignoredLabel)
                ids.push_back(row.ids[i]);
        return m_inputs.tokenizer->decode(ids);
    }
    std::string trained(const TrainRow& row) const { return trained(row, 0, row.ids.size()); }

    TrainInputs m_inputs;

private Q_SLOTS:
    void initTestCase() { ASSAY_NEED_DATA("models/stories260k-hf"); }
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void allAnswersOrTheLastOneAreTrained() {
        TrainSpec spec = specFor({twoTurns()});
        const auto all = rowsOf(spec);
        ASSAY_VERIFY_RESULT(all);
        const std::string both = trained(all->train[0]);
        QVERIFY(both.find("Lily smiled.") != std::string::npos);
        QVERIFY(both.find("Tom ran home.") != std::string::npos);
        QVERIFY(both.find("One day") == std::string::npos);

        spec.data.trainOnHistory = false;
        const auto last = rowsOf(spec);
        ASSAY_VERIFY_RESULT(last);
        const std::string one = trained(last->train[0]);
        QVERIFY2(one.find("Lily") == std::string::npos, one.c_str());
        QVERIFY(one.find("Tom ran home.") != std::string::npos);
        QCOMPARE(last->train[0].ids, all->train[0].ids); // the same text, other labels
    }

    void weightsOfRowsAndMessagesMultiply() {
        Json heavy = twoTurns();
        heavy["importance"] = 2.5;
        heavy["messages"][3]["weight"] = 0.5;
        Json none = twoTurns();
        none["importance"] = 0;
        TrainSpec spec = specFor({heavy, twoTurns(), none});
        spec.data.weightKey = "importance";
        const auto rows = rowsOf(spec);
        ASSAY_VERIFY_RESULT(rows);
        QCOMPARE(rows->train.size(), std::size_t(2)); // weight 0 leaves the row out, counted
        QCOMPARE(rows->emptyRows, std::int64_t(1));
        std::set<float> weights;
        const TrainRow& row = rows->train[0];
        for (std::size_t i = 0; i < row.ids.size(); ++i)
            if (row.labels[i] != ignoredLabel)
                weights.insert(row.weights[i]);
        QCOMPARE(weights, (std::set<float>{1.25F, 2.5F}));
        QVERIFY(rows->train[1].weights.empty());
    }

    void aWeightThatIsNoneIsRefusedWithItsRow() {
        Json row = twoTurns();
        row["importance"] = "much";
        TrainSpec spec = specFor({row});
        spec.data.weightKey = "importance";
        const auto rows = rowsOf(spec);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, std::string("train.bad_weight"));
        QVERIFY(rows.error().where.starts_with("row 0"));
    }

    void aPairIsTwoSequencesAfterTheSamePrompt() {
        const Json pair = {{"prompt", "One day"}, {"chosen", "Lily smiled."},
            {"rejected", "Tom cried and cried."}};
        TrainSpec spec = specFor({pair});
        spec.kind = "dpo";
        const auto rows = rowsOf(spec);
        ASSAY_VERIFY_RESULT(rows);
        const TrainRow& row = rows->train[0];
        const auto split = std::size_t(row.split);
        QVERIFY(split > 0 && split < row.ids.size());
        const std::string chosen = trained(row, 0, split);
        const std::string rejected = trained(row, split, row.ids.size());
        QVERIFY2(chosen.find("Lily smiled.") != std::string::npos, chosen.c_str());
        QVERIFY(chosen.find("One day") == std::string::npos);
        QVERIFY(rejected.find("Tom cried and cried.") != std::string::npos);
        QVERIFY(rejected.find("One day") == std::string::npos);
        // Both begin with the prompt's tokens.
        QVERIFY(std::equal(row.prompt.begin(), row.prompt.end(), row.ids.begin()));
        QVERIFY(std::equal(row.prompt.begin(), row.prompt.end(), row.ids.begin() + row.split));
    }

    void rowsWithoutAPairAreNoneToLearnFrom() {
        TrainSpec spec = specFor({twoTurns()});
        spec.kind = "dpo";
        const auto rows = rowsOf(spec);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, std::string("snapshot.no_rows"));
    }
};

QTEST_GUILESS_MAIN(TestTrainRows)
#include "test_train_rows.moc"
