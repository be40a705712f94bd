#include "core/corpus/index_file.h"

#include "core/base/hash.h"

#include <bit>
#include <cstring>

namespace assay {

static_assert(std::endian::native == std::endian::little, "the file holds little-endian numbers");

namespace {

constexpr std::string_view magic("assay-corpus\n\x1a\0", 15);
constexpr std::uint32_t formatVersion = 1;
constexpr std::size_t alignment = 64;
constexpr std::size_t checkedAtOnce = std::size_t(64) << 20U;

struct Header {
    char magic[16] = {};
    std::uint32_t version = formatVersion;
    std::uint32_t sections = 0;
    std::uint64_t size = 0; ///< of the file
    std::uint64_t hash = 0; ///< of header (with this field 0) and table
};
struct Entry {
    char name[24] = {};
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t hash = 0;
};

std::uint64_t tableHash(Header header, const std::vector<Entry>& entries) {
    header.hash = 0;
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    bytes.append(reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(Entry));
    return hash64(bytes);
}

std::size_t aligned(std::size_t size) {
    return (size + alignment - 1) / alignment * alignment;
}

} // namespace

Result<void> IndexFileWriter::write(const std::filesystem::path& path) const {
    Header header;
    std::memcpy(header.magic, magic.data(), magic.size());
    header.sections = std::uint32_t(m_sections.size());
    std::vector<Entry> entries;
    std::size_t at = aligned(sizeof(Header) + m_sections.size() * sizeof(Entry));
    for (const auto& [name, bytes] : m_sections) {
        Entry entry;
        std::memcpy(entry.name, name.data(), std::min(name.size(), sizeof entry.name - 1));
        entry.offset = at;
        entry.size = bytes.size();
        entry.hash = hash64(bytes);
        entries.push_back(entry);
        at = aligned(at + bytes.size());
    }
    header.size = at;
    header.hash = tableHash(header, entries);

    std::filesystem::path partial = path;
    partial += ".partial";
    auto file = AppendFile::open(partial, 0);
    if (!file)
        return forward(file);
    const auto discard = [&](Result<void> failed) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        return failed;
    };
    const std::string padding(alignment, '\0');
    const auto append = [&](std::string_view bytes) -> Result<void> {
        constexpr std::size_t piece = std::size_t(1) << 26U;
        for (std::size_t from = 0; from < bytes.size(); from += piece)
            if (auto done = file->append(bytes.substr(from, piece)); !done)
                return done;
        return file->append(
            padding.substr(0, aligned(std::size_t(file->size())) - std::size_t(file->size())));
    };
    std::string table(reinterpret_cast<const char*>(&header), sizeof header);
    table.append(reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(Entry));
    if (auto done = append(table); !done)
        return discard(done);
    for (const auto& [name, bytes] : m_sections)
        if (auto done = append(bytes); !done)
            return discard(done);
    if (auto synced = file->sync(); !synced)
        return discard(synced);
    std::error_code failed;
    std::filesystem::rename(partial, path, failed);
    if (failed)
        return discard(fail("file.write", {{"path", path.string()}, {"reason", failed.message()}}));
    return syncFolder(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

Result<IndexFile> IndexFile::open(const std::filesystem::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    IndexFile index;
    index.m_file = std::move(*mapped);
    index.m_path = path;
    const std::string_view bytes = index.m_file.text();
    Header header;
    if (bytes.size() < sizeof header || !bytes.starts_with(magic))
        return fail("corpus.not_index", {{"path", path.string()}});
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.version != formatVersion)
        return fail("corpus.version",
            {{"path", path.string()}, {"version", std::to_string(header.version)},
                {"own", std::to_string(formatVersion)}});
    const auto damaged = [&](const std::string& what) {
        return fail("corpus.damaged", {{"path", path.string()}, {"what", what}});
    };
    if (header.size != bytes.size())
        return damaged("it has " + std::to_string(bytes.size()) + " bytes in place of "
            + std::to_string(header.size));
    if (header.sections > 1000 || bytes.size() < sizeof header + header.sections * sizeof(Entry))
        return damaged("its table of sections");
    std::vector<Entry> entries(header.sections);
    std::memcpy(entries.data(), bytes.data() + sizeof header, entries.size() * sizeof(Entry));
    if (tableHash(header, entries) != header.hash)
        return damaged("its table of sections");
    for (Entry& entry : entries) {
        entry.name[sizeof entry.name - 1] = '\0';
        if (entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset
            || entry.offset % alignment != 0)
            return damaged("its table of sections");
        index.m_sections[entry.name]
            = {bytes.substr(std::size_t(entry.offset), std::size_t(entry.size)), entry.hash};
    }
    if (auto good = index.check(checkedAtOnce); !good)
        return forward(good);
    return index;
}

Result<void> IndexFile::verify() const {
    return check(SIZE_MAX);
}

Result<void> IndexFile::check(std::size_t largest) const {
    for (const auto& [name, section] : m_sections)
        if (section.bytes.size() <= largest && hash64(section.bytes) != section.hash)
            return fail("corpus.damaged", {{"path", m_path.string()}, {"what", "section " + name}});
    return {};
}

std::string_view IndexFile::section(const std::string& name) const {
    const auto found = m_sections.find(name);
    return found == m_sections.end() ? std::string_view() : found->second.bytes;
}

} // namespace assay
