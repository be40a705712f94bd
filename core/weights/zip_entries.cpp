#include "core/weights/zip_entries.h"

#include "core/weights/bytes_reader.h"

#include <algorithm>

namespace assay {

namespace {

// PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t locator64Signature = 0x07064b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::size_t endSize = 22;
constexpr std::size_t locator64Size = 20;

tl::unexpected<Error> damaged(const std::string& path, const std::string& reason) {
    return fail("weights.damaged", {{"path", path}, {"format", "zip"}, {"reason", reason}});
}

/// A reader at `offset`; one that fails where that lies outside.
BytesReader readerAt(std::span<const std::byte> bytes, std::uint64_t offset) {
    return BytesReader(bytes.subspan(std::size_t(std::min<std::uint64_t>(offset, bytes.size()))));
}

struct Directory {
    std::uint64_t count = 0;
    std::uint64_t offset = 0;
};

/// The place of the end record, which a comment of up to 64 kB may follow; npos without one.
std::size_t endRecord(std::span<const std::byte> bytes) {
    if (bytes.size() < endSize)
        return std::string::npos;
    const std::size_t first = bytes.size() - std::min(bytes.size(), endSize + 0xffff);
    for (std::size_t at = bytes.size() - endSize + 1; at-- > first;)
        if (readerAt(bytes, at).read<std::uint32_t>() == endSignature)
            return at;
    return std::string::npos;
}

Directory directoryOf(std::span<const std::byte> bytes, std::size_t end) {
    BytesReader in = readerAt(bytes, end);
    in.take(10);
    Directory directory;
    directory.count = in.read<std::uint16_t>();
    in.take(4);
    directory.offset = in.read<std::uint32_t>();
    if (end < locator64Size)
        return directory;
    BytesReader locator = readerAt(bytes, end - locator64Size);
    if (locator.read<std::uint32_t>() != locator64Signature)
        return directory;
    locator.take(4);
    BytesReader end64 = readerAt(bytes, locator.read<std::uint64_t>());
    if (end64.read<std::uint32_t>() != end64Signature)
        return directory;
    end64.take(28);
    directory.count = end64.read<std::uint64_t>();
    end64.take(8);
    directory.offset = end64.read<std::uint64_t>();
    return directory;
}

struct Member {
    std::string name;
    int method = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0; ///< of the local header
};

/// The sizes that do not fit 32 bits stand in the extra field, in this order.
void readSizes64(std::span<const std::byte> extra, Member& member, std::uint64_t& packed) {
    BytesReader in(extra);
    while (in.ok() && in.left() >= 4) {
        const auto id = in.read<std::uint16_t>();
        BytesReader field(in.take(in.read<std::uint16_t>()));
        if (id != 1)
            continue;
        constexpr std::uint32_t elsewhere = 0xffffffff;
        if (member.size == elsewhere)
            member.size = field.read<std::uint64_t>();
        if (packed == elsewhere)
            packed = field.read<std::uint64_t>();
        if (member.offset == elsewhere)
            member.offset = field.read<std::uint64_t>();
    }
}

bool readMember(BytesReader& in, Member& member) {
    if (in.read<std::uint32_t>() != centralSignature)
        return false;
    in.take(6);
    member.method = in.read<std::uint16_t>();
    in.take(8);
    std::uint64_t packed = in.read<std::uint32_t>();
    member.size = in.read<std::uint32_t>();
    const auto nameSize = in.read<std::uint16_t>();
    const auto extraSize = in.read<std::uint16_t>();
    const auto commentSize = in.read<std::uint16_t>();
    in.take(8);
    member.offset = in.read<std::uint32_t>();
    member.name = in.text(nameSize);
    readSizes64(in.take(extraSize), member, packed);
    in.take(commentSize);
    return in.ok() && (member.method != 0 || packed == member.size);
}

} // namespace

Result<std::map<std::string, std::span<const std::byte>, std::less<>>> zipEntries(
    std::span<const std::byte> bytes, const std::string& path) {
    const std::size_t end = endRecord(bytes);
    if (end == std::string::npos)
        return damaged(path, "its directory is missing; it may be cut off");
    const Directory directory = directoryOf(bytes, end);
    std::map<std::string, std::span<const std::byte>, std::less<>> entries;
    BytesReader in = readerAt(bytes, directory.offset);
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        Member member;
        if (!readMember(in, member))
            return damaged(path, "its directory is damaged");
        if (member.method != 0)
            continue;
        BytesReader local = readerAt(bytes, member.offset);
        const bool begins = local.read<std::uint32_t>() == localSignature;
        local.take(22);
        const auto nameSize = local.read<std::uint16_t>();
        const auto extraSize = local.read<std::uint16_t>();
        local.take(std::uint64_t(nameSize) + extraSize);
        const auto content = local.take(member.size);
        if (!begins || !local.ok())
            return damaged(path, member.name + " lies outside the file; it may be cut off");
        if (!entries.emplace(member.name, content).second)
            return damaged(path, "two of its members have the name " + member.name);
    }
    return entries;
}

} // namespace assay
