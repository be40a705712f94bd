#include "core/advice/parameter_range.h"
#include "core/advice/train_estimate.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

TrainingSizes small() {
    TrainingSizes sizes;
    sizes.parameters = 1000;
    sizes.vocabulary = 32;
    sizes.hidden = 8;
    sizes.intermediate = 16;
    sizes.layers = 2;
    sizes.heads = 2;
    sizes.kvHeads = 1;
    sizes.headDimension = 4;
    sizes.tiedEmbeddings = true;
    sizes.microBatchTokens = 10;
    sizes.microBatchTrainedTokens = 6;
    sizes.dataTokens = 100;
    return sizes;
}

double part(const TrainingSizes& sizes, const char* key) {
    for (const MemoryPart& one : memoryParts(sizes))
        if (one.key == key)
            return one.bytes;
    return -1;
}

} // namespace

/// Every figure here was worked out by hand from the buffers that the engine keeps.
class TestTrainEstimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fp32StatesTakeSixteenBytesAParameter() {
        const TrainingSizes sizes = small();
        QCOMPARE(part(sizes, "weights"), 4000.0);
        QCOMPARE(part(sizes, "gradients"), 4000.0);
        QCOMPARE(part(sizes, "optimizer"), 8000.0);
    }

    void bf16KeepsAMasterBesideTheWeightsItComputesWith() {
        TrainingSizes sizes = small();
        sizes.bf16 = true;
        QCOMPARE(part(sizes, "weights"), 6000.0);
        QCOMPARE(part(sizes, "gradients"), 4000.0);
        QCOMPARE(part(sizes, "optimizer"), 8000.0);
    }

    /// 1000 parameters kept as they are, 60 in an adapter: no gradients or moments but the
    /// adapter's.
    void anAdapterLeavesTheBaseWithoutStates() {
        TrainingSizes sizes = small();
        sizes.hasAdapter = true;
        sizes.trainedOwn = 0;
        sizes.adapterParameters = 60;
        QCOMPARE(part(sizes, "weights"), 4240.0);
        QCOMPARE(part(sizes, "gradients"), 240.0);
        QCOMPARE(part(sizes, "optimizer"), 480.0);
        sizes.bf16 = true;
        QCOMPARE(part(sizes, "weights"), 2240.0);
    }

    void checkpointingKeepsInputsAndOneInside() {
        TrainingSizes sizes = small();
        sizes.layers = 10;
        const double kept = part(sizes, "activations");
        sizes.checkpointing = true;
        QVERIFY(part(sizes, "activations") < 0.4 * kept);
    }

    void activationsAreCountedBufferByBuffer() {
        // A layer keeps input, norm, middle, norm: 4 x 8; query and attention: 2 x 8; key and
        // value: 2 x 4; gate and up: 2 x 16 = 88 numbers of 4 bytes, and 2 + 2 scales of 4 bytes.
        const double layer = 88 * 4 + 16;
        // Once: 4 x 8 + 2 x 16 + 2 x 8 + 2 x 4 = 88 numbers.
        QCOMPARE(part(small(), "activations"), 10 * (2 * layer + 88 * 4));
    }

    void logitsExistOnlyForAChunkOfTrainedPositions() {
        QCOMPARE(part(small(), "logits"), 6.0 * (32 + 16) * 4); // all 6 fit into a chunk
        TrainingSizes large = small();
        large.vocabulary = 128'256;
        large.microBatchTrainedTokens = 2048;
        QCOMPARE(logitsChunkRows(large.vocabulary), std::int64_t(32));
        QCOMPARE(part(large, "logits"), 32.0 * (128'256 + 16) * 4);
    }

    void trainingCostsThreeTimesReading() {
        const TrainingSizes sizes = small();
        // 1000 - 256 parameters of the body, a head of 256 on half the tokens, and 2 x 2 layers x 8
        // x a context of 5.
        const double reading = 2 * 744 + 2 * 256 * 0.5 + 2 * 2 * 8 * 5;
        QCOMPARE(scoringFlopsPerToken(sizes, 0.5, 5), reading);
        QCOMPARE(trainingFlopsPerToken(sizes, 0.5, 5), 3 * reading);
    }

    void everyPartNamesItsFormula() {
        for (const MemoryPart& one : memoryParts(small()))
            QVERIFY2(!one.formula.empty(), one.key.c_str());
    }

    void theRateThatIsUsualGoesByTheSizeOfTheModel() {
        TrainingFacts facts;
        QVERIFY(!recommendedRange("optimizer.learning_rate", facts)); // nothing known yet
        facts.parameters = 1'000'000;
        const auto tiny = recommendedRange("optimizer.learning_rate", facts);
        facts.parameters = 7'000'000'000;
        const auto large = recommendedRange("optimizer.learning_rate", facts);
        QVERIFY(tiny && large);
        QCOMPARE(large->low, 1e-5);
        QCOMPARE(large->high, 5e-5);
        QVERIFY(tiny->low > large->high);
        facts.randomStart = true;
        QVERIFY(recommendedRange("optimizer.learning_rate", facts)->low >= large->high);
    }

    void theLengthThatIsUsualCoversNearlyAllRows() {
        TrainingFacts facts;
        QVERIFY(!recommendedRange("data.max_length", facts));
        facts.p99Length = 300;
        facts.longest = 900;
        facts.maxPositions = 512;
        const auto range = recommendedRange("data.max_length", facts);
        QVERIFY(range);
        QCOMPARE(range->low, 300.0);
        QVERIFY(QString::fromStdString(range->reason).contains(QStringLiteral("longest 900")));
    }

    void aFewRowsNeedALargerPartHeldOut() {
        TrainingFacts facts;
        facts.rows = 1000;
        QCOMPARE(recommendedRange("data.held_out", facts)->low, 0.05);
        facts.rows = 100'000;
        QCOMPARE(recommendedRange("data.held_out", facts)->low, 0.01);
    }
};

QTEST_APPLESS_MAIN(TestTrainEstimate)
#include "test_train_estimate.moc"
