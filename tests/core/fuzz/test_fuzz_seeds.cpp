#include "core/base/file.h"
#include "tests/fuzz/readers.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// What once broke a reader, or looks like it could: every file of tests/fuzz-seeds/<reader>.
class TestFuzzSeeds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySeedIsAnswered_data() {
        QTest::addColumn<QString>("reader");
        QTest::addColumn<QString>("file");
        const fs::path seeds = sourceFolder() / "tests/fuzz-seeds";
        for (const auto& folder : fs::directory_iterator(seeds))
            for (const auto& file : fs::directory_iterator(folder.path()))
                QTest::newRow(fs::relative(file.path(), seeds).string().c_str())
                    << toQString(folder.path().filename()) << toQString(file.path());
    }

    void everySeedIsAnswered() {
        QFETCH(QString, reader);
        QFETCH(QString, file);
        const std::string name = reader.toStdString();
        const auto weights = fuzz::weightReader(name);
        const auto read = weights ? weights : fuzz::textReader(name);
        QVERIFY2(read, "no reader has this name");
        const auto bytes = readFile(file.toStdString());
        QVERIFY(bytes);
        read(*bytes);
        // Cut anywhere, it is answered too.
        for (std::size_t size = 0; size < bytes->size(); size += bytes->size() / 16 + 1)
            read(std::string_view(*bytes).substr(0, size));
    }
};

QTEST_APPLESS_MAIN(TestFuzzSeeds)
#include "test_fuzz_seeds.moc"
