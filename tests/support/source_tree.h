#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace assay::test {

struct SourceFile {
    std::string path; ///< from the root, with forward slashes: "core/base/json.h"
    std::string text;
};

/// Files of the project whose name ends in one of `endings` (".cpp"), sorted by path. Build folders
/// and hidden folders are left out, except .ci. Empty endings: every file that is UTF-8 text.
std::vector<SourceFile> sourceTree(const std::vector<std::string>& endings);

/// 1-based line of a byte position.
std::size_t lineOf(const std::string& text, std::size_t position);

/// The text with // and block comments blanked out; positions and lines stay.
std::string withoutComments(std::string text);

} // namespace assay::test
