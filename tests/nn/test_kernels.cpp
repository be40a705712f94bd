#include "core/base/parallel.h"
#include "nn/activation.h"
#include "nn/adamw.h"
#include "nn/attention.h"
#include "nn/embedding.h"
#include "nn/loss.h"
#include "nn/norm.h"
#include "nn/rotary.h"
#include "nn/tensors.h"

#include <ATen/ATen.h>
#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::nn;

/// Our kernels against libtorch's own operators and its automatic differentiation.
class TestKernels : public QObject {
    Q_OBJECT

private:
    static at::Tensor leaf(at::IntArrayRef shape) { return at::randn(shape).requires_grad_(true); }
    static double distance(const at::Tensor& a, const at::Tensor& b) {
        return ((a - b).norm() / b.norm().clamp_min(1e-12)).item<double>();
    }
    static at::Tensor toTensor(const std::vector<float>& values, at::IntArrayRef shape) {
        return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat).clone();
    }

    static at::Tensor plainGelu(const at::Tensor& x) {
        return 0.5 * x * (1 + (std::sqrt(2 / M_PI) * (x + 0.044715 * x.pow(3))).tanh());
    }

    /// Attention of one segment from libtorch's pieces; q [queries, heads, dim], k and v [keys,
    /// kvHeads, dim].
    static at::Tensor plainAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
        std::int64_t window = 0, double softcap = 0) {
        const std::int64_t group = q.size(1) / k.size(1);
        const at::Tensor keys = k.repeat_interleave(group, 1).permute({1, 0, 2});
        const at::Tensor values = v.repeat_interleave(group, 1).permute({1, 0, 2});
        at::Tensor scores
            = at::bmm(q.permute({1, 0, 2}), keys.transpose(1, 2)) / std::sqrt(double(q.size(2)));
        if (softcap > 0)
            scores = (scores / softcap).tanh() * softcap;
        const std::int64_t before = k.size(0) - q.size(0);
        at::Tensor seen = at::ones({q.size(0), k.size(0)}).tril(before);
        if (window > 0)
            seen = seen.triu(before - window + 1);
        const at::Tensor mask = seen == 0;
        scores = scores.masked_fill(mask, -INFINITY);
        return at::bmm(scores.softmax(-1), values).permute({1, 0, 2}).contiguous();
    }

private Q_SLOTS:
    void initTestCase() { at::manual_seed(3); }

    void attention_data() {
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("kvHeads");
        QTest::addColumn<int>("dimension");
        QTest::addColumn<QList<int>>("lengths");
        QTest::newRow("one head") << 1 << 1 << 8 << QList<int>{1, 2, 5};
        QTest::newRow("grouped, odd lengths") << 6 << 2 << 16 << QList<int>{33, 4, 67};
        QTest::newRow("wide head, longer than a tile") << 4 << 4 << 64 << QList<int>{130};
        QTest::newRow("head not a multiple of the vector") << 2 << 1 << 20 << QList<int>{9, 31};
    }

    void attention() {
        QFETCH(int, heads);
        QFETCH(int, kvHeads);
        QFETCH(int, dimension);
        QFETCH(QList<int>, lengths);
        std::int64_t tokens = 0;
        std::vector<AttentionSegment> segments;
        for (const int length : lengths) {
            segments.push_back({tokens, tokens + length, tokens, tokens + length});
            tokens += length;
        }
        const AttentionShape shape{
            heads, kvHeads, dimension, float(1 / std::sqrt(double(dimension)))};
        const at::Tensor q = leaf({tokens, heads, dimension});
        const at::Tensor k = leaf({tokens, kvHeads, dimension});
        const at::Tensor v = leaf({tokens, kvHeads, dimension});
        std::vector<at::Tensor> parts;
        for (const AttentionSegment& s : segments)
            parts.push_back(plainAttention(q.narrow(0, s.queryBegin, s.queryEnd - s.queryBegin),
                k.narrow(0, s.keyBegin, s.keyEnd - s.keyBegin),
                v.narrow(0, s.keyBegin, s.keyEnd - s.keyBegin)));
        const at::Tensor expected = at::cat(parts);
        const at::Tensor slope = at::randn_like(expected);
        (expected * slope).sum().backward();

        at::Tensor out = at::empty_like(slope);
        at::Tensor lse = at::empty({tokens, heads});
        attentionForward(elements<float>(q), elements<float>(k), elements<float>(v), shape,
            std::span<const AttentionSegment>(segments), elements<float>(out),
            elements<float>(lse));
        QVERIFY(distance(out, expected.detach()) < 1e-5);
        at::Tensor dq = at::empty({tokens, heads, dimension});
        at::Tensor dk = at::empty({tokens, kvHeads, dimension});
        at::Tensor dv = at::empty_like(dk);
        attentionBackward(elements<float>(q), elements<float>(k), elements<float>(v),
            elements<float>(out), elements<float>(slope), elements<float>(lse), shape,
            std::span<const AttentionSegment>(segments), elements<float>(dq), elements<float>(dk),
            elements<float>(dv));
        if (tokens > int(lengths.size())) // a single key has no gradient of its score
            QVERIFY(distance(dq, q.grad()) < 1e-4);
        QVERIFY(distance(dk, k.grad()) < 1e-4);
        QVERIFY(distance(dv, v.grad()) < 1e-5);
    }

    void attentionOverACacheEqualsTheLastRows() {
        const AttentionShape shape{4, 2, 16, 0.25F};
        const at::Tensor q = at::randn({1, 4, 16});
        const at::Tensor k = at::randn({40, 2, 16});
        const at::Tensor v = at::randn({40, 2, 16});
        const AttentionSegment segment{0, 1, 0, 40};
        at::Tensor out = at::empty({1, 4, 16});
        attentionForward(elements<float>(q), elements<float>(k), elements<float>(v), shape,
            std::span(&segment, 1), elements<float>(out), static_cast<float*>(nullptr));
        QVERIFY(distance(out, plainAttention(q, k, v)) < 1e-5);
        const at::Tensor three = at::randn({3, 4, 16});
        const AttentionSegment block{0, 3, 0, 40};
        at::Tensor outs = at::empty({3, 4, 16});
        attentionForward(elements<float>(three), elements<float>(k), elements<float>(v), shape,
            std::span(&block, 1), elements<float>(outs), static_cast<float*>(nullptr));
        QVERIFY(distance(outs, plainAttention(three, k, v)) < 1e-5);
    }

    void attentionWithWindowAndSoftcap_data() {
        QTest::addColumn<int>("window");
        QTest::addColumn<double>("softcap");
        QTest::addColumn<int>("tokens");
        QTest::newRow("window") << 16 << 0.0 << 75;
        QTest::newRow("window of one") << 1 << 0.0 << 40;
        QTest::newRow("window beyond a tile") << 45 << 0.0 << 130;
        QTest::newRow("softcap") << 0 << 2.0 << 37;
        QTest::newRow("both") << 33 << 1.5 << 101;
    }

    void attentionWithWindowAndSoftcap() {
        QFETCH(int, window);
        QFETCH(double, softcap);
        QFETCH(int, tokens);
        const AttentionShape shape{4, 2, 16, 0.25F, float(softcap), window};
        const at::Tensor q = leaf({tokens, 4, 16});
        const at::Tensor k = leaf({tokens, 2, 16});
        const at::Tensor v = leaf({tokens, 2, 16});
        const at::Tensor expected = plainAttention(q, k, v, window, softcap);
        const at::Tensor slope = at::randn_like(expected);
        (expected * slope).sum().backward();
        const AttentionSegment segment{0, tokens, 0, tokens};
        at::Tensor out = at::empty_like(slope);
        at::Tensor lse = at::empty({tokens, 4});
        attentionForward(elements<float>(q), elements<float>(k), elements<float>(v), shape,
            std::span(&segment, 1), elements<float>(out), elements<float>(lse));
        QVERIFY(distance(out, expected.detach()) < 1e-5);
        at::Tensor dq = at::empty({tokens, 4, 16});
        at::Tensor dk = at::empty({tokens, 2, 16});
        at::Tensor dv = at::empty_like(dk);
        attentionBackward(elements<float>(q), elements<float>(k), elements<float>(v),
            elements<float>(out), elements<float>(slope), elements<float>(lse), shape,
            std::span(&segment, 1), elements<float>(dq), elements<float>(dk), elements<float>(dv));
        if (window != 1) { // a single key has no gradient of its score
            QVERIFY(distance(dq, q.grad()) < 1e-4);
            QVERIFY(distance(dk, k.grad()) < 1e-4);
        }
        QVERIFY(distance(dv, v.grad()) < 1e-5);
        // One query over a cache, and a block of queries behind one, see the same keys.
        for (const int queries : {1, 6}) {
            const AttentionSegment last{0, queries, 0, tokens};
            at::Tensor few = at::empty({queries, 4, 16});
            const at::Tensor tail = q.detach().narrow(0, tokens - queries, queries).contiguous();
            attentionForward(elements<float>(tail), elements<float>(k), elements<float>(v), shape,
                std::span(&last, 1), elements<float>(few), static_cast<float*>(nullptr));
            QVERIFY(distance(few, expected.detach().narrow(0, tokens - queries, queries)) < 1e-5);
        }
    }

    void norm() {
        const at::Tensor x = leaf({130, 48});
        const at::Tensor w = leaf({48});
        const at::Tensor expected = x * (x.pow(2).mean(-1, true) + 1e-5).rsqrt() * w;
        const at::Tensor slope = at::randn({130, 48});
        (expected * slope).sum().backward();
        at::Tensor y = at::empty({130, 48});
        at::Tensor rstd = at::empty({130});
        rmsNormForward(elements<float>(x), elements<float>(w), 1e-5F, 130, 48, elements<float>(y),
            elements<float>(rstd));
        QVERIFY(distance(y, expected.detach()) < 1e-6);
        at::Tensor dx = at::ones({130, 48}); // it is added to
        at::Tensor dw = at::ones({48});
        rmsNormBackward(elements<float>(slope), elements<float>(x), elements<float>(w),
            elements<float>(rstd), 130, 48, elements<float>(dx), elements<float>(dw));
        QVERIFY(distance(dx - 1, x.grad()) < 1e-5);
        QVERIFY(distance(dw - 1, w.grad()) < 1e-5);
    }

    void normWithAnOffsetOfOne() {
        const at::Tensor x = leaf({70, 24});
        const at::Tensor w = leaf({24});
        const at::Tensor expected = x * (x.pow(2).mean(-1, true) + 1e-6).rsqrt() * (1 + w);
        const at::Tensor slope = at::randn({70, 24});
        (expected * slope).sum().backward();
        at::Tensor y = at::empty({70, 24});
        at::Tensor rstd = at::empty({70});
        rmsNormForward(elements<float>(x), elements<float>(w), 1e-6F, 70, 24, elements<float>(y),
            elements<float>(rstd), 1);
        QVERIFY(distance(y, expected.detach()) < 1e-6);
        at::Tensor dx = at::zeros({70, 24});
        at::Tensor dw = at::zeros({24});
        rmsNormBackward(elements<float>(slope), elements<float>(x), elements<float>(w),
            elements<float>(rstd), 70, 24, elements<float>(dx), elements<float>(dw), 1);
        QVERIFY(distance(dx, x.grad()) < 1e-5);
        QVERIFY(distance(dw, w.grad()) < 1e-5);
    }

    void layerNorm() {
        const at::Tensor x = leaf({130, 48});
        const at::Tensor w = leaf({48});
        const at::Tensor b = leaf({48});
        const at::Tensor centred = x + 3 - (x + 3).mean(-1, true);
        const at::Tensor expected
            = centred * (centred.pow(2).mean(-1, true) + 1e-5).rsqrt() * w + b;
        const at::Tensor slope = at::randn({130, 48});
        (expected * slope).sum().backward();
        const at::Tensor shifted = (x + 3).detach().contiguous();
        at::Tensor y = at::empty({130, 48});
        at::Tensor statistics = at::empty({130, 2});
        layerNormForward(elements<float>(shifted), elements<float>(w), elements<float>(b), 1e-5F,
            130, 48, elements<float>(y), elements<float>(statistics));
        QVERIFY(distance(y, expected.detach()) < 1e-6);
        at::Tensor dx = at::ones({130, 48}); // all three are added to
        at::Tensor dw = at::ones({48});
        at::Tensor db = at::ones({48});
        layerNormBackward(elements<float>(slope), elements<float>(shifted), elements<float>(w),
            elements<float>(statistics), 130, 48, elements<float>(dx), elements<float>(dw),
            elements<float>(db));
        QVERIFY(distance(dx - 1, x.grad()) < 1e-5);
        QVERIFY(distance(dw - 1, w.grad()) < 1e-5);
        QVERIFY(distance(db - 1, b.grad()) < 1e-5);
    }

    void fastTanhFollowsTheLibrary() {
        for (float x = -12; x <= 12; x += 0.0137F)
            QVERIFY(std::abs(fastTanh(x) - std::tanh(x)) <= 6e-7F * std::abs(std::tanh(x)));
    }

    void gatedActivations_data() {
        QTest::addColumn<bool>("gelu");
        QTest::newRow("SiLU") << false;
        QTest::newRow("GELU by tanh") << true;
    }

    void gatedActivations() {
        QFETCH(bool, gelu);
        const Activation kind = gelu ? Activation::GeluTanh : Activation::Silu;
        const at::Tensor gate = leaf({77, 13});
        const at::Tensor up = leaf({77, 13});
        const at::Tensor activated = gelu ? plainGelu(gate) : gate * gate.sigmoid();
        const at::Tensor expected = activated * up;
        const at::Tensor slope = at::randn({77, 13});
        (expected * slope).sum().backward({}, true);
        at::Tensor out = at::empty({77, 13});
        gatedForward(
            kind, elements<float>(gate), elements<float>(up), out.numel(), elements<float>(out));
        QVERIFY(distance(out, expected.detach()) < 1e-6);
        at::Tensor g = gate.detach().clone();
        at::Tensor u = up.detach().clone();
        at::Tensor d = slope.clone();
        gatedBackward(kind, elements<float>(g), elements<float>(u), elements<float>(d), d.numel());
        QVERIFY(distance(g, gate.grad()) < 1e-5);
        QVERIFY(distance(u, up.grad()) < 1e-5);
        QVERIFY(distance(d, expected.detach()) < 1e-6);

        gate.mutable_grad().reset();
        (activated * slope).sum().backward();
        activationForward(kind, elements<float>(gate), out.numel(), elements<float>(out));
        QVERIFY(distance(out, activated.detach()) < 1e-6);
        g = gate.detach().clone();
        d = slope.clone();
        activationBackward(kind, elements<float>(g), elements<float>(d), d.numel());
        QVERIFY(distance(g, gate.grad()) < 1e-5);
        QVERIFY(distance(d, activated.detach()) < 1e-6);
    }

    void crossEntropyAndItsGradient() {
        const at::Tensor logits = leaf({37, 1001});
        const at::Tensor labels = at::randint(1001, {37}, at::kInt);
        const at::Tensor weights = at::rand({37});
        const at::Tensor logp = logits.log_softmax(-1);
        const at::Tensor nll = -logp.gather(1, labels.to(at::kLong).unsqueeze(1)).squeeze(1);
        (nll * weights * 0.3).sum().backward();
        at::Tensor z = logits.detach().clone();
        std::vector<float> found(37);
        crossEntropy(elements<float>(z), elements<std::int32_t>(labels), elements<float>(weights),
            37, 1001, 0.3F, LossGradient::ReplaceLogits, found.data());
        QVERIFY(distance(toTensor(found, {37}), nll.detach()) < 1e-6);
        QVERIFY(distance(z, logits.grad()) < 1e-5);
    }

    void lossOfNanStaysNan() {
        std::vector<float> row{1, 2, NAN, 3};
        const std::int32_t label = 0;
        float nll = 0;
        crossEntropy(row.data(), &label, nullptr, 1, 4, 1, LossGradient::None, &nll);
        QVERIFY(std::isnan(nll));
    }

    void rotationIsUndoneByItsBackward() {
        std::vector<float> frequencies{1.0F, 0.1F, 0.01F};
        const RotaryTable table(frequencies, 50);
        at::Tensor x = at::randn({4, 2, 6});
        const at::Tensor original = x.clone();
        const std::int32_t positions[] = {0, 1, 17, 49};
        rotate(elements<float>(x), 12, positions, table, 4, 2, 6, RotaryDirection::Forward);
        QVERIFY(distance(x.select(0, 0), original.select(0, 0)) < 1e-7); // position 0 turns nothing
        QVERIFY(distance(x, original) > 0.1);
        const float angle = 17 * 0.1F;
        const float a = original[2][1][1].item<float>();
        const float b = original[2][1][4].item<float>();
        QVERIFY(std::abs(x[2][1][1].item<float>() - (a * std::cos(angle) - b * std::sin(angle)))
            < 1e-5F);
        rotate(elements<float>(x), 12, positions, table, 4, 2, 6, RotaryDirection::Backward);
        QVERIFY(distance(x, original) < 1e-6);
    }

    void adamwFollowsTheFormula() {
        const std::int64_t n = 100;
        const at::Tensor g = at::randn({n});
        at::Tensor w = at::randn({n});
        const at::Tensor start = w.clone();
        at::Tensor m = at::zeros({n});
        at::Tensor v = at::zeros({n});
        std::vector<Bf16> rounded(std::size_t(n), Bf16{0});
        const AdamWStep step{1e-2F, 0.9F, 0.95F, 1e-8F, 0.1F, 0.5F, 1};
        adamW(step, n, elements<float>(w), elements<float>(g), elements<float>(m),
            elements<float>(v), rounded.data());
        // With bias correction the first step moves by the rate in the direction of the gradient's
        // sign.
        const at::Tensor expected
            = start * (1 - 1e-3) - 1e-2 * (g * 0.5) / ((g * 0.5).abs() + 1e-8);
        QVERIFY(distance(w, expected) < 1e-5);
        for (std::int64_t i = 0; i < n; ++i)
            QVERIFY(
                std::abs(toFloat(rounded[std::size_t(i)]) / w[i].item<float>() - 1) < 1.0 / 256);
    }

    void sumsDoNotDependOnTheNumberOfThreads() {
        const at::Tensor x = at::randn({1'000'003});
        const int before = threadCount();
        setThreadCount(1);
        const double one = sumOfSquares(elements<float>(x), x.numel());
        setThreadCount(2);
        const double two = sumOfSquares(elements<float>(x), x.numel());
        setThreadCount(before);
        QCOMPARE(one, two);
        QVERIFY(std::abs(one / x.to(at::kDouble).pow(2).sum().item<double>() - 1) < 1e-12);
    }

    void exponentialIsAccurate() {
        double worst = 0;
        for (int i = -87 * 64; i <= 87 * 64; ++i) {
            const float x = float(i) / 64 + 0.0123F;
            if (x > 87 || x < -86.9F)
                continue;
            worst = std::max(worst, std::abs(double(fastExp(x)) / std::exp(double(x)) - 1));
        }
        QVERIFY2(worst < 2e-7, qPrintable(QString::number(worst)));
        QCOMPARE(fastExp(-1000), 0.0F);
    }

    void oneBf16RowEqualsTheExactProduct() {
        const at::Tensor x = at::randn({1, 300}).to(at::kBFloat16);
        const at::Tensor w = at::randn({70, 300}).to(at::kBFloat16);
        const at::Tensor residual = at::randn({1, 70}).to(at::kBFloat16);
        at::Tensor y = at::empty({1, 70}, x.options());
        linear(x, w, y);
        const at::Tensor exact = at::mm(x.to(at::kDouble), w.to(at::kDouble).t());
        QVERIFY(distance(y.to(at::kDouble), exact) < 1.0 / 256);
        linearAdd(residual, x, w, y);
        QVERIFY(distance(y.to(at::kDouble), exact + residual.to(at::kDouble)) < 1.0 / 256);
    }

    void roundingToBf16IsLibtorchs() {
        const at::Tensor x = at::cat(
            {at::randn({1000}) * 1e3, at::tensor({0.0F, -0.0F, INFINITY, -INFINITY, 1e-40F})});
        std::vector<Bf16> ours(std::size_t(x.numel()), Bf16{0});
        convert(elements<float>(x), ours.data(), x.numel());
        const at::Tensor theirs = x.to(at::kBFloat16);
        QVERIFY(std::memcmp(ours.data(), theirs.data_ptr(), ours.size() * 2) == 0);
        Bf16 nan{0};
        store(nan, NAN);
        QVERIFY(std::isnan(toFloat(nan)));
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"
