#include "model/rope.h"

#include "nn/tensors.h"

#include <bit>

namespace assay {

namespace {

constexpr std::size_t mostTables = 16; // "dynamic" has one for each length

} // namespace

const nn::RotaryTable& Rope::table(std::int64_t length) {
    const std::int64_t lengthClass = this->lengthClass(length);
    if (m_tables.size() > mostTables)
        m_tables.clear();
    nn::RotaryTable& table = m_tables[lengthClass];
    if (table.positions() < length) {
        RopeFrequencies frequencies = ropeFrequencies(m_plan.spec, m_plan.dimension, lengthClass);
        const std::int64_t positions = lengthClass > 1
            ? length
            : std::int64_t(std::bit_ceil(std::uint64_t(std::max<std::int64_t>(length, 256))));
        table = nn::RotaryTable(std::move(frequencies.inverse), positions, frequencies.magnitude);
    }
    return table;
}

void Rope::rotate(const at::Tensor& x, const Pass& pass, std::int64_t heads, std::int64_t dimension,
    nn::RotaryDirection direction) {
    const auto rows = [&](std::int64_t begin, std::int64_t end, const nn::RotaryTable& table) {
        nn::byType(x, [&](auto type) {
            using T = decltype(type);
            nn::rotate(nn::elements<T>(x) + begin * x.size(1), x.size(1),
                pass.positions.data() + begin, table, end - begin, heads, dimension, direction);
        });
    };
    std::int64_t longest = 0;
    bool oneClass = true;
    for (const nn::AttentionSegment& segment : pass.segments) {
        const std::int64_t length = segment.keyEnd - segment.keyBegin;
        oneClass &= longest == 0 || lengthClass(length) == lengthClass(longest);
        longest = std::max(longest, length);
    }
    if (oneClass) {
        rows(0, pass.tokens, table(longest));
        return;
    }
    for (const nn::AttentionSegment& segment : pass.segments)
        rows(segment.queryBegin, segment.queryEnd, table(segment.keyEnd - segment.keyBegin));
}

} // namespace assay
