#include "core/base/temporary_folder.h"

#include <QtTest/QtTest>

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

/// The folder that a process made and left when it ended.
fs::path leftByAnother(const std::string& prefix) {
    int ends[2];
    if (::pipe(ends) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        const auto made = makeTemporaryFolder(prefix);
        const std::string path = made ? made->string() : std::string();
        std::ofstream(path + "/rows.jsonl") << "{}\n";
        const bool written = ::write(ends[1], path.data(), path.size()) == ssize_t(path.size());
        ::_exit(written ? 0 : 1); // as if killed: nothing is tidied
    }
    char buffer[4096];
    const ssize_t size = ::read(ends[0], buffer, sizeof buffer);
    ::close(ends[0]);
    ::close(ends[1]);
    ::waitpid(child, nullptr, 0);
    return fs::path(std::string(buffer, size > 0 ? std::size_t(size) : 0));
}

} // namespace

class TestTemporaryFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAKilledProcessLeftGoesWithTheNextFolder() {
        const std::string prefix = "assay-test-left-" + std::to_string(::getpid());
        const fs::path left = leftByAnother(prefix);
        const fs::path other = leftByAnother(prefix + "x");
        QVERIFY(fs::exists(left / "rows.jsonl"));
        const auto own = makeTemporaryFolder(prefix);
        QVERIFY(own.has_value());
        QVERIFY(!fs::exists(left));
        QVERIFY(fs::exists(other)); // another kind of folder
        const auto second = makeTemporaryFolder(prefix);
        QVERIFY(second.has_value());
        QVERIFY(fs::exists(*own)); // its process lives
        for (const fs::path& folder : {*own, *second, other})
            fs::remove_all(folder);
    }
};

QTEST_APPLESS_MAIN(TestTemporaryFolder)
#include "test_temporary_folder.moc"
