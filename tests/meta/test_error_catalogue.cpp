#include "core/base/error_catalogue.h"
#include "tests/support/source_tree.h"

#include <QtTest/QtTest>

#include <map>
#include <optional>
#include <regex>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

struct ErrorUse {
    std::string place;
    std::string code;
    /// Names of the arguments where they stand in the call itself; none when they are computed.
    std::optional<std::set<std::string>> arguments;
};

/// The text of a call from its opening bracket to the matching one.
std::string callText(const std::string& code, std::size_t open) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (quoted && code[i] == '\\')
            ++i;
        else if (code[i] == '"')
            quoted = !quoted;
        else if (!quoted && (code[i] == '(' || code[i] == '{'))
            ++depth;
        else if (!quoted && (code[i] == ')' || code[i] == '}') && --depth == 0)
            return code.substr(open, i - open + 1);
    }
    return code.substr(open);
}

std::vector<ErrorUse> usesIn(const std::string& path, const std::string& code) {
    static const std::regex call(R"rx(\b(?:fail|Error)\s*([({])\s*"([a-z0-9_.]+)")rx");
    static const std::regex literalArguments(R"rx(^[({]\s*"[a-z0-9_.]+"\s*(,\s*\{\s*\{|[)}]))rx");
    static const std::regex argument(R"rx(\{\s*"([A-Za-z_]+)"\s*,)rx");
    std::vector<ErrorUse> uses;
    for (std::sregex_iterator match(code.begin(), code.end(), call), end; match != end; ++match) {
        ErrorUse use;
        use.code = (*match)[2];
        use.place = path + ":" + std::to_string(lineOf(code, std::size_t(match->position(0))));
        const std::string text = callText(code, std::size_t(match->position(1)));
        if (std::regex_search(text, literalArguments)) {
            use.arguments.emplace();
            for (std::sregex_iterator name(text.begin(), text.end(), argument); name != end; ++name)
                use.arguments->insert((*name)[1]);
        }
        uses.push_back(std::move(use));
    }
    return uses;
}

std::set<std::string> placeholders(std::string_view pattern) {
    static const std::regex placeholder(R"(\{([A-Za-z_]+)\})");
    std::set<std::string> names;
    const std::string text(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), placeholder), end; match != end;
         ++match)
        names.insert((*match)[1]);
    return names;
}

bool isProduct(const std::string& path) {
    return !path.starts_with("tests/") && !path.starts_with("core/base/catalogue_");
}

} // namespace

class TestErrorCatalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        for (SourceFile& file : sourceTree({".cpp", ".h"}))
            if (isProduct(file.path))
                m_sources.push_back({file.path, withoutComments(file.text)});
        QVERIFY(m_sources.size() > 10);
    }

    void readsCallsAndTheirArguments() {
        const auto uses = usesIn("a.cpp",
            "x;\nreturn fail(\"file.open\", {{\"path\", f(\"b)\")}, {\"reason\", why}}, place);\n"
            "Error(\"cancelled\"); Error{\"a.b\", list};");
        QCOMPARE(uses.size(), std::size_t(3));
        QCOMPARE(uses[0].place, std::string("a.cpp:2"));
        QVERIFY(uses[0].arguments == std::set<std::string>({"path", "reason"}));
        QVERIFY(uses[1].arguments == std::set<std::string>());
        QVERIFY(!uses[2].arguments);
    }

    void everyCodeStandsOnce() {
        std::map<std::string_view, int> counts;
        for (const CatalogueEntry& entry : errorCatalogue())
            QVERIFY2(++counts[entry.code] == 1, std::string(entry.code).c_str());
    }

    void everyEntrySaysWhatToDo() {
        for (const CatalogueEntry& entry : errorCatalogue()) {
            const std::string code(entry.code);
            QVERIFY2(!entry.text.empty() && !entry.remedy.empty(), code.c_str());
        }
    }

    void everyErrorRaisedIsInTheCatalogueWithItsArguments() {
        std::string problems;
        for (const SourceFile& source : m_sources)
            for (const ErrorUse& use : usesIn(source.path, source.text)) {
                const CatalogueEntry* entry = findCatalogueEntry(use.code);
                if (!entry) {
                    problems += use.place + ": \"" + use.code + "\" is not in the catalogue\n";
                    continue;
                }
                if (!use.arguments)
                    continue;
                std::set<std::string> needed = placeholders(entry->text);
                needed.merge(placeholders(entry->remedy));
                for (const std::string& name : needed)
                    if (!use.arguments->contains(name))
                        problems += use.place + ": \"" + use.code + "\" lacks {" + name + "}\n";
            }
        QVERIFY2(problems.empty(), problems.c_str());
    }

    void everyEntryIsUsed() {
        std::string unused;
        for (const CatalogueEntry& entry : errorCatalogue()) {
            const std::string quoted = "\"" + std::string(entry.code) + "\"";
            const bool used = std::ranges::any_of(m_sources, [&](const SourceFile& file) {
                return file.text.find(quoted) != std::string::npos;
            });
            if (!used)
                unused += std::string(entry.code) + "\n";
        }
        QVERIFY2(unused.empty(), unused.c_str());
    }

private:
    std::vector<SourceFile> m_sources;
};

QTEST_APPLESS_MAIN(TestErrorCatalogue)
#include "test_error_catalogue.moc"
