#pragma once

#include "core/base/file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace assay {

/// A file of named sections, for reading as a memory map; docs/corpus_index.md.
class IndexFileWriter {
public:
    /// The bytes must live until `write`.
    void add(const std::string& name, std::string_view bytes) {
        m_sections.emplace_back(name, bytes);
    }
    template <class T> void add(const std::string& name, const std::vector<T>& values) {
        add(name, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
    }
    /// Beside the target, synced, then renamed: readers see the old file or the new one.
    Result<void> write(const std::filesystem::path& path) const;

private:
    std::vector<std::pair<std::string, std::string_view>> m_sections;
};

class IndexFile {
public:
    /// "corpus.not_index", "corpus.version", "corpus.damaged". Checks the table of sections, and
    /// the content of every section up to 64 MiB; `verify` checks the rest.
    static Result<IndexFile> open(const std::filesystem::path& path);
    Result<void> verify() const;

    /// Empty where there is no such section.
    std::string_view section(const std::string& name) const;
    template <class T> std::span<const T> values(const std::string& name) const {
        const std::string_view bytes = section(name);
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
    std::size_t size() const { return m_file.bytes().size(); }
    const std::filesystem::path& path() const { return m_path; }

private:
    struct Section {
        std::string_view bytes;
        std::uint64_t hash = 0;
    };
    Result<void> check(std::size_t largest) const;

    MappedFile m_file;
    std::filesystem::path m_path;
    std::map<std::string, Section> m_sections;
};

} // namespace assay
