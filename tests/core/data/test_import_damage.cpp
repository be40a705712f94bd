#include "tests/core/data/export_support.h"

#include "core/base/rng.h"
#include "core/base/utf8.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

const char* const sources[] = {
    R"([{"instruction":"q","input":"i","output":"a","history":[["x","y"]]},{"instruction":"q","output":"a","id":[1,{"z":null}]}])",
    R"({"messages":[{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":"a","weight":1}]}
{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}],"tools":[{"a":1}]}
)",
    R"([
  {
    "conversations": [
      {"from": "human", "value": "首都"},
      {"from": "gpt", "value": "a\n\u00e9"}
    ],
    "tools": "[]"
  },
  {
    "conversations": [{"from": "human", "value": "q"}], "chosen": {"from": "gpt", "value": "g"}, "rejected": {"from": "gpt", "value": "b"}
  }
])",
    "system,query,answer\n,\"q \"\"x\"\"\",a\ns,\"two\nlines\",b\n",
    "A text, of words.\n\nAnother, of more words.\n",
};

} // namespace

/// Files with random damage: no crash, no row lost without a word, and whatever is accepted can be
/// stored.
class TestImportDamage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void damagedFilesAreReadOrReported() {
        const int rounds = qEnvironmentVariableIntValue("ASSAY_DAMAGE_ROUNDS") > 0
            ? qEnvironmentVariableIntValue("ASSAY_DAMAGE_ROUNDS")
            : 400;
        Folder folder;
        Rng rng(7);
        const std::string interesting = "{}[]\",:\\\n\r\t \xe9\x80\x00u0n";
        for (int round = 0; round < rounds; ++round) {
            std::string content = sources[std::size_t(round) % std::size(sources)];
            for (std::uint64_t change = rng.below(4); change-- > 0;) {
                const std::size_t at = std::size_t(rng.below(content.size()));
                switch (rng.below(4)) {
                case 0:
                    content[at] = interesting[std::size_t(rng.below(interesting.size()))];
                    break;
                case 1:
                    content.erase(at, std::size_t(rng.below(8) + 1));
                    break;
                case 2:
                    content.insert(at, 1, interesting[std::size_t(rng.below(interesting.size()))]);
                    break;
                default:
                    content.resize(at + 1);
                    break;
                }
            }
            const auto path = folder.write("damaged", content);
            (void)recognise(path);
            CollectingSink sink;
            const auto summary = importFile(path, {}, sink);
            if (!summary) {
                QVERIFY2(!message(summary.error()).empty(), content.c_str());
                QVERIFY(summary.error().code != "internal");
                QVERIFY(sink.samples.empty());
                continue;
            }
            QCOMPARE(std::size_t(summary->accepted), sink.samples.size());
            QCOMPARE(std::size_t(summary->rejected), sink.rejected.size());
            for (const RejectedRow& row : sink.rejected) {
                QVERIFY(row.line >= 1 && row.rowLine >= 1);
                QVERIFY(row.byte >= 0 && row.byte <= std::int64_t(content.size()));
                QVERIFY(isValidUtf8(row.raw));
                QVERIFY(isValidUtf8(message(row.reason)));
            }
            for (const Sample& sample : sink.samples) {
                const auto back
                    = sampleFromJson(Json::parse(dumpJson(sampleToJson(sample))), "stored");
                ASSAY_VERIFY_RESULT(back);
                QVERIFY2(*back == sample, content.c_str());
            }
            for (const char* format : {"openai", "sharegpt", "llamafactory-v1", "text"}) {
                auto exporter = makeExporter(format, folder.path("out.jsonl"));
                ASSAY_VERIFY_RESULT(exporter);
                for (const Sample& sample : sink.samples)
                    if (const auto done = (*exporter)->add(sample); !done)
                        QCOMPARE(done.error().code, std::string("export.cannot_hold"));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestImportDamage)
#include "test_import_damage.moc"
