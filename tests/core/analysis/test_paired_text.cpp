#include "core/analysis/byte_alignment.h"
#include "core/analysis/compare_batch.h"
#include "core/analysis/paired_text.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

FakeModel model(std::uint64_t seed, std::vector<std::string> pieces,
    std::function<void(std::span<const TokenId>, std::span<float>)> teach = {}) {
    FakeModelOptions options;
    options.seed = seed;
    options.tokenizer = std::make_shared<FakeTokenizer>(std::move(pieces));
    options.teach = std::move(teach);
    options.endIds = {2};
    options.name = "m" + std::to_string(seed);
    return FakeModel(options);
}

const std::vector<std::string> words = {"The ", "capital ", "is ", "Tokyo", "Beijing"};

PairedTextRequest request(const std::string& prompt, const std::string& answer) {
    PairedTextRequest out;
    out.prompt.text = prompt;
    out.raw = true;
    out.answer = answer;
    return out;
}

Sample sample(const std::string& uid, const std::string& question, const std::string& answer) {
    Sample out;
    out.uid = uid;
    out.text = question + answer;
    return out;
}

CompareBatchSettings settings(const std::string& tunedHash) {
    return {{{"hash", "b"}}, {{"hash", tunedHash}}, "", AnswerSource::Reference, 64};
}

} // namespace

class TestPairedText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreThoseOfTheComparisonOnTheSameIds() {
        FakeModel base = model(1, words);
        FakeModel tuned = model(2, words);
        auto asked = request("The capital ", "is Tokyo");
        asked.topK = 3;
        const auto text = pairText(base, tuned, asked, {});
        ASSAY_VERIFY_RESULT(text);
        QVERIFY(text->shared);
        const auto direct = compareOnIds(base, tuned, text->tuned.whole.ids, {}, {});
        ASSAY_VERIFY_RESULT(direct);
        double js = 0;
        double forth = 0;
        double delta = 0;
        std::size_t count = 0;
        for (std::size_t t = 0; t < direct->tokens.size(); ++t) {
            QCOMPARE(text->distances[t].js, direct->tokens[t].distance.js);
            QCOMPARE(text->distances[t].klTunedBase, direct->tokens[t].distance.klTunedBase);
            QCOMPARE(text->baseScores.tokens[t].logprob, direct->tokens[t].base.logprob);
            QCOMPARE(text->baseScores.top[t * 3].id, direct->tokens[t].base.argmax);
            QCOMPARE(text->tunedScores.top[t * 3].logprob, direct->tokens[t].tuned.argmaxLogprob);
            if (t + 1 < text->base.first)
                continue;
            ++count;
            js += direct->tokens[t].distance.js;
            forth += direct->tokens[t].distance.klTunedBase;
            delta += double(direct->tokens[t].delta());
        }
        const PairedSummary summary = summarisePair(*text);
        QCOMPARE(summary.groups, count);
        QVERIFY(std::abs(*summary.meanJs - js / double(count)) < 1e-12);
        QVERIFY(std::abs(*summary.meanKlTunedBase - forth / double(count)) < 1e-12);
        QVERIFY(std::abs(summary.tunedLogprob - summary.baseLogprob - delta) < 1e-4);
        QCOMPARE(summary.unshifted + summary.marginal + summary.shifted, count);
    }

    void otherTokenizersAreComparedWhereTheirBytesMeet() {
        FakeModel base = model(1, words);
        FakeModel tuned = model(2, {"The capital", " is", " Tok", "yo"});
        const auto text
            = pairText(base, tuned, request("The ", "capital is Tokyo \xe6\x9d\xb1"), {});
        ASSAY_VERIFY_RESULT(text);
        QVERIFY(!text->shared);
        const auto groups = answerGroups(*text);
        QVERIFY(!groups.empty());
        double base_sum = 0;
        for (const PairedGroup& group : groups) {
            // Both sides end on the same byte.
            QCOMPARE(text->base.whole.ranges[group.baseEnd - 1].end,
                text->tuned.whole.ranges[group.tunedEnd - 1].end);
            base_sum += group.baseLogprob;
        }
        double all = 0;
        for (std::size_t i = groups.front().baseBegin; i < text->base.end; ++i)
            if (i > 0)
                all += double(text->baseScores.tokens[i - 1].logprob);
        QVERIFY(std::abs(base_sum - all) < 1e-4);
        const PairedSummary summary = summarisePair(*text);
        QVERIFY(!summary.meanJs); // no KL across vocabularies
        QCOMPARE(summary.groups, groups.size());
    }

    void firstOtherChoiceIsWhereTheFreeRunsPart() {
        const auto tokenizer = std::make_shared<FakeTokenizer>(words);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            FakeModel base = model(seed, words);
            FakeModel tuned = model(seed, words, [&](auto, std::span<float> logits) {
                // Close enough to the base model to go along with it for a while.
                for (std::size_t id = 40; id < 60; ++id)
                    logits[id] += 1.5F;
            });
            CompareCaseRequest asked;
            asked.prompt.text = "The capital ";
            asked.raw = true;
            asked.source = AnswerSource::Tuned;
            asked.maxNew = 12;
            const auto record = compareCase(base, tuned, asked, {});
            ASSAY_VERIFY_RESULT(record);
            GenerateOptions options;
            options.maxNew = 12;
            const auto prompt = prepareInput(tuned, asked.prompt, GenerationPrompt::Add);
            ASSAY_VERIFY_RESULT(prompt);
            const auto a = base.generate(prompt->ids, options, {}, {});
            const auto b = tuned.generate(prompt->ids, options, {}, {});
            ASSAY_VERIFY_RESULT(a);
            ASSAY_VERIFY_RESULT(b);
            const auto parts = firstDivergence(a->ids, b->ids);
            const Json found = (*record)["divergence"];
            if (parts && parts->tunedToken < b->ids.size())
                QCOMPARE(found.get<std::size_t>(), parts->tunedToken);
        }
    }

    void referenceIsDepartedFromAtTheTokenThatTheTunedModelWouldSayOtherwise() {
        const auto tokenizer = std::make_shared<FakeTokenizer>(words);
        FakeModel base = model(1, words, continueWith(tokenizer, "is ", "Tokyo"));
        FakeModel tuned = model(2, words, continueWith(tokenizer, "is ", "Beijing"));
        CompareCaseRequest asked;
        asked.prompt.text = "The capital is ";
        asked.raw = true;
        asked.answer = "Tokyo";
        const auto record = compareCase(base, tuned, asked, {});
        ASSAY_VERIFY_RESULT(record);
        QVERIFY((*record)["base_onset"].is_null());
        QCOMPARE((*record)["onset"]["index"].get<int>(), 0);
        QCOMPARE((*record)["onset"]["chosen"].get<std::string>(), std::string("Beijing"));
        QCOMPARE((*record)["onset"]["strength"].get<std::string>(), std::string("firm"));
        QCOMPARE((*record)["divergence"].get<int>(), 0);
        asked.answer.reset();
        QCOMPARE(
            compareCase(base, tuned, asked, {}).error().code, std::string("analysis.no_answer"));
    }

    void arraysComeInBlocksThatCoverEveryTokenOnce() {
        FakeModel base = model(1, words);
        FakeModel tuned = model(2, words);
        std::string longText;
        for (int i = 0; i < 300; ++i)
            longText += "is Tokyo";
        auto asked = request("", longText);
        asked.topK = 2;
        const auto text = pairText(base, tuned, asked, {});
        ASSAY_VERIFY_RESULT(text);
        std::size_t next = 1;
        const Json json = pairedTextJson(base, tuned, asked, *text, [&](const Json& block) {
            QCOMPARE(block["first"].get<std::size_t>(), next);
            const std::size_t size = block["js"].size();
            QVERIFY(size <= 256);
            for (const char* key : {"logprob", "rank", "argmax", "top", "entropy", "margin"})
                QCOMPARE(block["base"][key].size(), size);
            next += size;
        });
        QCOMPARE(next, json["tuned"]["ids"].size());
        QCOMPARE(json["summary"]["tokens"].get<std::size_t>(),
            json["tuned"]["answer_end"].get<std::size_t>()
                - json["tuned"]["answer_begin"].get<std::size_t>());
    }

    void answerOfASampleIsItsLastTurnOrItsChosenOne() {
        Sample conversation;
        conversation.messages = {{Role::User, "q"}, {Role::Assistant, "a"}, {Role::User, "more"},
            {Role::Assistant, "b"}};
        SampleCase asked = sampleCase(conversation);
        QCOMPARE(asked.prompt.messages->size(), std::size_t(3));
        QCOMPARE(*asked.answer, std::string("b"));
        QCOMPARE(*asked.reference, std::string("b"));
        conversation.reference = "right";
        QCOMPARE(*sampleCase(conversation).reference, std::string("right"));
        Sample pair;
        pair.messages = {{Role::User, "q"}};
        pair.chosen = std::vector<Message>{{Role::Assistant, "good"}};
        pair.rejected = std::vector<Message>{{Role::Assistant, "bad"}};
        QCOMPARE(*sampleCase(pair).answer, std::string("good"));
        Sample question;
        question.messages = {{Role::User, "q"}};
        QVERIFY(!sampleCase(question).answer);
        Sample text;
        text.text = "plain";
        QVERIFY(sampleCase(text).raw && sampleCase(text).prompt.text->empty());
    }

    void killedBatchGoesOnAfterItsLastWholeLine() {
        QTemporaryDir folder;
        const std::filesystem::path path
            = folder.filePath(QStringLiteral("results/batch.jsonl")).toStdString();
        FakeModel base = model(1, words);
        FakeModel tuned = model(2, words);
        const Sample first = sample("u1", "The capital is ", "Tokyo");
        const Sample second = sample("u2", "The capital is ", "Beijing");
        const auto rowOf = [&](const Sample& of) {
            CompareBatchRow row = batchRowOf(of, revisionHash(of), 1);
            auto numbers = compareCase(base, tuned, caseRequest(of, settings("t")), {});
            row.numbers = numbers ? *numbers : Json();
            return row;
        };
        const CompareBatchRow expected = rowOf(first);
        QVERIFY(expected.numbers["mean_js"].get<double>() > 0);
        {
            auto file = CompareBatchFile::open(path, settings("t"));
            ASSAY_VERIFY_RESULT(file);
            ASSAY_VERIFY_RESULT(file->append(expected));
        }
        std::ofstream(path, std::ios::app) << "{\"uid\":\"u2\",\"revis";
        {
            auto file = CompareBatchFile::open(path, settings("t"));
            ASSAY_VERIFY_RESULT(file);
            QVERIFY(file->has("u1", revisionHash(first)));
            QVERIFY(!file->has("u1", "an edited text"));
            QVERIFY(!file->has("u2", revisionHash(second)));
            QCOMPARE(file->rows().size(), std::size_t(1));
            QVERIFY(file->rows()[0] == expected);
            ASSAY_VERIFY_RESULT(file->append(rowOf(second)));
        }
        const auto rows = CompareBatchFile::read(path);
        ASSAY_VERIFY_RESULT(rows);
        QCOMPARE(rows->size(), std::size_t(2));
        const auto other = CompareBatchFile::open(path, settings("another model"));
        QVERIFY(!other);
        QCOMPARE(other.error().code, std::string("analysis.batch_other"));
    }

    void tableQuotesWhatCsvMust() {
        CompareBatchRow row;
        row.sample = 7;
        row.uid = "u";
        row.prompt = "a \"quoted\", text";
        row.numbers = {{"mean_js", 0.25}, {"answer", "two\nlines"}, {"onset", nullptr}};
        const std::string csv = compareBatchCsv({row});
        QVERIFY(csv.starts_with("sample,uid,revision,channel,prompt,answer,"));
        QVERIFY(csv.find("\"a \"\"quoted\"\", text\"") != std::string::npos);
        QVERIFY(csv.find("\"two\nlines\"") != std::string::npos);
        QVERIFY(csv.find(",0.25,") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestPairedText)
#include "test_paired_text.moc"
