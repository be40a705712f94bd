#include "core/text/spm_library.h"
#include "core/text/tokenizer.h"
#include "nn/torch_version.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

/// On Debian 12 sentencepiece and libtorch bring different protobuf versions, and a process that
/// links both dies before main. This program links the engine and uses both.
class TestSpmBesideTorch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothLibrariesLoad() {
        QVERIFY(!torchVersion().empty());
        const auto library = spmLibrary();
        ASSAY_VERIFY_RESULT(library);
        // The same one every time: link namespaces are few.
        QCOMPARE(*spmLibrary(), *library);
    }

    void failuresInsideTheLibraryComeBackAsText() {
        const auto library = spmLibrary();
        ASSAY_VERIFY_RESULT(library);
        char reason[200] = {};
        AssaySpmError error{reason, sizeof reason};
        QVERIFY((*library)->load("\xff\xff", 2, 0, &error) == nullptr);
        QVERIFY(reason[0] != '\0');
    }

    void tokenizesBesideTorch() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        QVERIFY(!torchVersion().empty());
        const auto tokenizer = loadTokenizer(test::dataFolder() / "models/stories260k-hf");
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::vector<TokenId> expected{403, 407, 261, 378, 432};
        QCOMPARE((*tokenizer)->encode("Once upon a time,").ids, expected);
        QCOMPARE((*tokenizer)->decode(expected), std::string("Once upon a time,"));
    }
};

QTEST_APPLESS_MAIN(TestSpmBesideTorch)
#include "test_spm_beside_torch.moc"
