#include "core/corpus/suffix_array.h"

#include <algorithm>
#include <divsufsort.h>
#include <numeric>
#include <string>

namespace assay {

namespace {

constexpr std::size_t mostBytes = (std::size_t(1) << 31U) - 2;

Result<std::vector<std::uint32_t>> sortSuffixes(std::string_view bytes) {
    if (bytes.size() > mostBytes)
        return fail("corpus.too_large", {{"bytes", std::to_string(bytes.size())}});
    std::vector<std::uint32_t> order;
    try {
        order.resize(bytes.size());
    } catch (const std::bad_alloc&) {
        return fail("corpus.memory", {{"bytes", std::to_string(4 * bytes.size())}});
    }
    if (bytes.empty())
        return order;
    // saidx_t is int32_t; every position fits both.
    const auto* text = reinterpret_cast<const sauchar_t*>(bytes.data());
    if (divsufsort(text, reinterpret_cast<saidx_t*>(order.data()), saidx_t(bytes.size())) != 0)
        return fail("corpus.memory", {{"bytes", std::to_string(bytes.size())}});
    return order;
}

// The code: the first byte tells the length. 0..0xBF: 192 ranks; 0xC0..0xEF: two bytes, 48 * 256;
// 0xF0..0xFE: three bytes, 15 * 65536; 0xFF: four bytes.
constexpr std::uint32_t oneByte = 0xC0;
constexpr std::uint32_t twoBytes = oneByte + 48 * 256;
constexpr std::uint32_t threeBytes = twoBytes + 15 * 65536;

void appendCode(std::string& out, std::uint32_t rank) {
    if (rank < oneByte) {
        out += char(rank);
    } else if (rank < twoBytes) {
        rank -= oneByte;
        out += char(0xC0 + (rank >> 8U));
        out += char(rank);
    } else if (rank < threeBytes) {
        rank -= twoBytes;
        out += char(0xF0 + (rank >> 16U));
        out += char(rank >> 8U);
        out += char(rank);
    } else {
        rank -= threeBytes;
        out += char(0xFF);
        out += char(rank >> 16U);
        out += char(rank >> 8U);
        out += char(rank);
    }
}

std::size_t codeLength(std::uint32_t rank) {
    return rank < oneByte ? 1 : rank < twoBytes ? 2 : rank < threeBytes ? 3 : 4;
}

} // namespace

Result<std::vector<std::uint32_t>> textSuffixes(std::string_view text) {
    auto order = sortSuffixes(text);
    if (!order)
        return order;
    std::erase_if(*order, [text](std::uint32_t at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        return byte == 0 || (byte & 0xC0U) == 0x80;
    });
    order->shrink_to_fit();
    return order;
}

TokenRanks rankTokens(std::span<const std::int32_t> ids) {
    TokenRanks ranks;
    std::vector<std::uint64_t> counts;
    for (const std::int32_t id : ids) {
        if (id < 0)
            continue;
        if (std::size_t(id) >= counts.size())
            counts.resize(std::size_t(id) + 1);
        ++counts[std::size_t(id)];
    }
    std::vector<std::int32_t> present;
    for (std::size_t id = 0; id < counts.size(); ++id)
        if (counts[id] > 0)
            present.push_back(std::int32_t(id));
    std::ranges::sort(present, [&](std::int32_t a, std::int32_t b) {
        const auto ca = counts[std::size_t(a)];
        const auto cb = counts[std::size_t(b)];
        return ca != cb ? ca > cb : a < b;
    });
    ranks.rankOf.resize(counts.size());
    ranks.idOf.push_back(-1);
    for (const std::int32_t id : present) {
        ranks.rankOf[std::size_t(id)] = std::uint32_t(ranks.idOf.size());
        ranks.idOf.push_back(id);
    }
    return ranks;
}

Result<std::vector<std::uint32_t>> rankSuffixes(std::span<const std::uint32_t> ranks) {
    std::string code;
    try {
        std::size_t size = 0;
        for (const std::uint32_t rank : ranks)
            size += codeLength(rank);
        code.reserve(size);
    } catch (const std::bad_alloc&) {
        return fail("corpus.memory", {{"bytes", std::to_string(2 * ranks.size())}});
    }
    for (const std::uint32_t rank : ranks)
        appendCode(code, rank);
    auto order = sortSuffixes(code);
    if (!order)
        return order;
    // From bytes to tokens: the number of the token that begins there, or none.
    constexpr std::uint32_t none = UINT32_MAX;
    std::vector<std::uint32_t> tokenAt;
    try {
        tokenAt.assign(code.size(), none);
    } catch (const std::bad_alloc&) {
        return fail("corpus.memory", {{"bytes", std::to_string(4 * code.size())}});
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (ranks[i] != 0)
            tokenAt[at] = std::uint32_t(i);
        at += codeLength(ranks[i]);
    }
    std::size_t kept = 0;
    for (const std::uint32_t byte : *order)
        if (tokenAt[byte] != none)
            (*order)[kept++] = tokenAt[byte];
    order->resize(kept);
    order->shrink_to_fit();
    return order;
}

} // namespace assay
