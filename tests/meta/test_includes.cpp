#include "tests/support/source_tree.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <optional>
#include <regex>

using namespace assay::test;

namespace {

/// docs/architecture.md, section 2: a folder includes only folders above it, and itself.
const std::vector<std::string> folderOrder = {"core/base", "core/data", "core/text", "core/weights",
    "core/quality", "core/store", "core/corpus", "core/remote", "core/analysis", "core/advice",
    "core/job", "core/models", "nn", "model", "infer", "train", "engine"};

/// The folders that only a part of the project may name, each with its own list of what it may
/// include.
struct AreaRule {
    std::string area;
    std::vector<std::string> mayInclude;
};
const std::vector<AreaRule> areaRules = {
    {"ui/service", {"core/", "ui/service/"}},
    {"ui/common", {"core/", "ui/service/", "ui/common/"}},
    {"ui/panels", {"core/", "ui/service/", "ui/common/"}}, // and the panel's own folder, see below
    {"ui/shell", {"core/", "ui/"}},
    {"app/assay-cli", {"core/", "app/assay-cli/"}},
    {"app/assay", {"core/", "ui/", "app/assay/"}},
};

/// Libraries that stand behind one folder.
struct LibraryRule {
    std::string name;
    std::regex header;
    std::vector<std::string> users;
};
const std::vector<LibraryRule> libraryRules = {
    {"SQLite", std::regex("SQLiteCpp/.*|sqlite3.*"), {"core/store/", "tests/core/store/"}},
    {"sentencepiece", std::regex("sentencepiece.*"), {"core/text/spm_shim/"}},
    {"libtorch", std::regex("(torch|ATen|c10|caffe2)/.*"),
        {"nn/", "model/", "train/", "infer/", "engine/", "tests/nn/", "tests/model/",
            "tests/train/", "tests/infer/", "tests/engine/", "tests/support/torch_"}},
    {"Qt", std::regex("Q[A-Z].*|Qt.*|qcustomplot.*"), {"ui/", "app/assay/", "tests/"}},
    {"QCustomPlot", std::regex("qcustomplot.*"), {"ui/common/"}},
    {"an HTTP library", std::regex("httplib.*"), {"core/remote/", "tests/core/remote/"}},
};

bool startsWithOne(const std::string& path, const std::vector<std::string>& beginnings) {
    return std::ranges::any_of(
        beginnings, [&](const std::string& begin) { return path.starts_with(begin); });
}

std::optional<std::size_t> orderOf(const std::string& path) {
    for (std::size_t i = 0; i < folderOrder.size(); ++i)
        if (path.starts_with(folderOrder[i] + "/"))
            return i;
    return std::nullopt;
}

/// "ui/panels/inspect/" of a file in it.
std::string panelFolder(const std::string& path) {
    const std::string panels = "ui/panels/";
    if (!path.starts_with(panels))
        return {};
    return path.substr(0, path.find('/', panels.size()) + 1);
}

/// Why this include is wrong; empty when it is right.
std::string problemWith(const std::string& file, const std::string& included) {
    for (const LibraryRule& rule : libraryRules)
        if (std::regex_match(included, rule.header) && !startsWithOne(file, rule.users))
            return rule.name + " is not for this folder";
    if (!startsWithOne(
            included, {"core/", "nn/", "model/", "train/", "infer/", "engine/", "ui/", "app/"}))
        return {};
    const auto from = orderOf(file);
    if (from) {
        const auto to = orderOf(included);
        if (!to)
            return "a lower layer includes a higher one";
        return *to <= *from ? "" : folderOrder[*from] + " stands above " + folderOrder[*to];
    }
    for (const AreaRule& rule : areaRules) {
        if (!file.starts_with(rule.area + "/"))
            continue;
        if (startsWithOne(included, rule.mayInclude))
            return {};
        if (!panelFolder(file).empty() && included.starts_with(panelFolder(file)))
            return {};
        return rule.area + " may not include this";
    }
    return {};
}

} // namespace

class TestIncludes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesTellRightFromWrong_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("included");
        QTest::addColumn<bool>("right");
        const auto row = [](const char* file, const char* included, bool right) {
            QTest::addRow("%s <- %s", file, included)
                << QString::fromLatin1(file) << QString::fromLatin1(included) << right;
        };
        row("core/text/a.cpp", "core/base/json.h", true);
        row("core/text/a.cpp", "core/data/sample.h", true);
        row("core/base/a.cpp", "core/text/tokenizer.h", false);
        row("core/store/a.cpp", "SQLiteCpp/Database.h", true);
        row("core/job/a.cpp", "sqlite3.h", false);
        row("core/text/a.cpp", "sentencepiece_processor.h", false);
        row("core/text/spm_shim/a.cpp", "sentencepiece_processor.h", true);
        row("core/analysis/a.cpp", "ATen/ATen.h", false);
        row("core/analysis/a.cpp", "QString", false);
        row("core/job/a.cpp", "nn/linear.h", false);
        row("nn/a.cpp", "torch/torch.h", true);
        row("nn/a.cpp", "train/batch.h", false);
        row("engine/a.cpp", "train/batch.h", true);
        row("ui/panels/inspect/a.cpp", "ui/panels/inspect/b.h", true);
        row("ui/panels/inspect/a.cpp", "ui/panels/runs/b.h", false);
        row("ui/panels/inspect/a.cpp", "qcustomplot.h", false);
        row("ui/shell/a.cpp", "ui/panels/runs/b.h", true);
        row("ui/service/a.cpp", "ui/common/b.h", false);
        row("ui/common/a.cpp", "torch/torch.h", false);
        row("app/assay-cli/a.cpp", "engine/session.h", false);
        row("app/assay/main.cpp", "QApplication", true);
        row("app/assay-cli/main.cpp", "QApplication", false);
    }

    void rulesTellRightFromWrong() {
        QFETCH(QString, file);
        QFETCH(QString, included);
        QTEST(problemWith(file.toStdString(), included.toStdString()).empty(), "right");
    }

    void everyIncludeKeepsTheRules() {
        static const std::regex include("(^|\n)[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"\n]+)[>\"]");
        std::string problems;
        std::size_t seen = 0;
        for (const SourceFile& file : sourceTree({".cpp", ".h", ".c", ".hpp"})) {
            const std::string& code = file.text;
            for (std::sregex_iterator match(code.begin(), code.end(), include), end; match != end;
                 ++match) {
                ++seen;
                const std::string included = (*match)[3];
                std::string problem = problemWith(file.path, included);
                const bool ours = (*match)[2] == "\"";
                if (problem.empty() && ours && !included.ends_with(".moc")
                    && !std::filesystem::exists(sourceFolder() / included))
                    problem = "quoted includes are paths from the root";
                if (!problem.empty())
                    problems += file.path + ":"
                        + std::to_string(lineOf(code, std::size_t(match->position(3)))) + ": "
                        + included + ": " + problem + "\n";
            }
        }
        QVERIFY2(problems.empty(), problems.c_str());
        QVERIFY2(seen > 100, "the sources were not found");
    }
};

QTEST_APPLESS_MAIN(TestIncludes)
#include "test_includes.moc"
