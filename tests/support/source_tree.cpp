#include "tests/support/source_tree.h"

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "tests/support/test_paths.h"

#include <algorithm>

namespace assay::test {

namespace fs = std::filesystem;

namespace {

bool isLeftOut(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return (name.starts_with(".") && name != ".ci") || name.starts_with("build")
        || name == "golden";
}

} // namespace

std::vector<SourceFile> sourceTree(const std::vector<std::string>& endings) {
    std::vector<SourceFile> files;
    for (auto entry = fs::recursive_directory_iterator(sourceFolder()); entry != fs::end(entry);
         ++entry) {
        if (entry->is_directory() && isLeftOut(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        const std::string name = entry->path().filename().string();
        const bool wanted = endings.empty()
            || std::ranges::any_of(
                endings, [&](const std::string& end) { return name.ends_with(end); });
        if (!entry->is_regular_file() || !wanted || name == ".git")
            continue;
        Result<std::string> text = readFile(entry->path());
        if (text && (!endings.empty() || isValidUtf8(*text)))
            files.push_back(
                {fs::relative(entry->path(), sourceFolder()).generic_string(), std::move(*text)});
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

std::size_t lineOf(const std::string& text, std::size_t position) {
    return 1 + std::size_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(position), '\n'));
}

std::string withoutComments(std::string text) {
    enum class In { Code, Text, Character, Line, Block } in = In::Code;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (in == In::Code) {
            if (text[i] == '"')
                in = In::Text;
            else if (text[i] == '\''
                && !(i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]))))
                in = In::Character;
            else if (text[i] == '/' && (next == '/' || next == '*'))
                in = next == '/' ? In::Line : In::Block;
        } else if (in == In::Text || in == In::Character) {
            if (text[i] == '\\')
                ++i;
            else if (text[i] == (in == In::Text ? '"' : '\'') || text[i] == '\n')
                in = In::Code;
        }
        if (in == In::Line && text[i] == '\n')
            in = In::Code;
        if (in == In::Block && text[i] == '*' && next == '/') {
            text[i] = text[i + 1] = ' ';
            in = In::Code;
        } else if ((in == In::Line || in == In::Block) && text[i] != '\n') {
            text[i] = ' ';
        }
    }
    return text;
}

} // namespace assay::test
