#include "tests/support/source_tree.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <regex>

using namespace assay::test;

namespace {

/// A home, a mount or a work folder of somebody's machine, written out.
bool namesAMachine(const std::string& text, std::size_t& position) {
    static const std::regex path(
        R"((^|[^A-Za-z0-9_.)}~])/(home|Users|root|mnt|media|work|workspace)/[A-Za-z0-9])");
    std::smatch match;
    if (!std::regex_search(text, match, path))
        return false;
    position = std::size_t(match.position(2));
    return true;
}

} // namespace

class TestNoMachinePaths : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ruleTellsRightFromWrong() {
        std::size_t at = 0;
        const std::string slash = "/"; // kept apart, so that this file keeps the rule itself
        QVERIFY(namesAMachine("see " + slash + "home/jane/data", at));
        QCOMPARE(at, std::size_t(5));
        QVERIFY(namesAMachine("\"" + slash + "work/main\"", at));
        QVERIFY(
            !namesAMachine("../shared/data, build/demo, $HOME/work/x, https://a.org/home/x", at));
    }

    void noFileNamesAMachine() {
        std::string problems;
        for (const SourceFile& file : sourceTree({})) {
            std::size_t at = 0;
            if (namesAMachine(file.text, at))
                problems += file.path + ":" + std::to_string(lineOf(file.text, at)) + "\n";
            const std::size_t here = file.text.find(sourceFolder().string() + "/");
            if (here != std::string::npos)
                problems += file.path + ":" + std::to_string(lineOf(file.text, here))
                    + ": the source folder\n";
        }
        QVERIFY2(problems.empty(), problems.c_str());
    }
};

QTEST_APPLESS_MAIN(TestNoMachinePaths)
#include "test_no_machine_paths.moc"
