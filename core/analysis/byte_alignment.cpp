#include "core/analysis/byte_alignment.h"

namespace assay {

std::vector<AlignedGroup> alignByBytes(std::span<const ByteRange> a, std::span<const ByteRange> b) {
    std::vector<AlignedGroup> groups;
    AlignedGroup group;
    std::int64_t aByte = 0;
    std::int64_t bByte = 0;
    while (group.aEnd < a.size() || group.bEnd < b.size()) {
        // The side that is behind takes the next token; a boundary counts once both have passed the
        // start.
        const bool takeA = group.bEnd == b.size() || (group.aEnd < a.size() && aByte <= bByte);
        if (takeA)
            aByte = a[group.aEnd++].end;
        else
            bByte = b[group.bEnd++].end;
        if (aByte != bByte || aByte == group.bytes.begin)
            continue;
        group.bytes.end = aByte;
        groups.push_back(group);
        group = {{aByte, aByte}, group.aEnd, group.aEnd, group.bEnd, group.bEnd};
    }
    if (group.aEnd > group.aBegin || group.bEnd > group.bBegin) {
        // Tokens without bytes at the very end.
        if (groups.empty())
            groups.push_back({group.bytes, 0, 0, 0, 0});
        groups.back().aEnd = group.aEnd;
        groups.back().bEnd = group.bEnd;
    }
    return groups;
}

} // namespace assay
