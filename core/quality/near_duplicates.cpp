#include "core/quality/near_duplicates.h"

#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/base/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

namespace assay {

namespace {

constexpr std::size_t pieceCharacters = 5;
constexpr std::size_t hashes = 128;
constexpr std::size_t rowsOfBand = 8;
/// How many different texts of one bucket a further one is compared with: texts of one mould share
/// buckets by the thousand, and comparing each with each would never end.
constexpr std::size_t mostCompared = 8;
constexpr std::size_t keptPieces = 20'000;

void add(std::string& text, std::string_view part) {
    if (part.empty())
        return;
    text += '\n';
    text += part;
}

void add(std::string& text, const std::vector<Message>& messages) {
    for (const Message& message : messages) {
        if (message.role == Role::System || message.role == Role::Developer)
            continue;
        add(text, message.content);
        for (const ToolCall& call : message.toolCalls) {
            add(text, call.name);
            add(text, call.arguments);
        }
    }
}

struct Permutations {
    std::array<std::uint32_t, hashes> mixed{};
    std::array<std::uint32_t, hashes> factor{};
    Permutations() {
        Rng rng(0x6e656172); // fixed: signatures of one version are comparable
        for (std::size_t i = 0; i < hashes; ++i) {
            mixed[i] = std::uint32_t(rng.below(std::uint64_t(1) << 32));
            factor[i] = std::uint32_t(rng.below(std::uint64_t(1) << 32)) | 1U;
        }
    }
};

} // namespace

std::string textForNearness(const Sample& sample) {
    std::string raw;
    if (sample.text)
        add(raw, *sample.text);
    add(raw, sample.messages);
    if (sample.chosen)
        add(raw, *sample.chosen);
    std::string text;
    text.reserve(raw.size());
    bool space = false;
    bool digit = false;
    for (std::string_view rest = raw; !rest.empty();) {
        const std::size_t length = utf8SequenceLength(rest);
        if (length == 0) {
            rest.remove_prefix(1);
            continue;
        }
        const char32_t c = utf8CodePoint(rest);
        rest.remove_prefix(length);
        const auto category = utf8proc_category(utf8proc_int32_t(c));
        if (c <= ' ' || category == UTF8PROC_CATEGORY_ZS) {
            space = !text.empty();
            continue;
        }
        const bool isDigit = category == UTF8PROC_CATEGORY_ND;
        if (isDigit && digit && !space)
            continue;
        if (space)
            text += ' ';
        space = false;
        digit = isDigit;
        if (isDigit)
            text += '0';
        else if (c < 0x80)
            text += c >= 'A' && c <= 'Z' ? char(c + 32) : char(c);
        else
            appendUtf8(text, char32_t(utf8proc_tolower(utf8proc_int32_t(c))));
    }
    return text;
}

std::vector<std::uint64_t> piecesOf(std::string_view text) {
    std::vector<std::size_t> starts;
    starts.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U)
            starts.push_back(i);
    if (starts.empty())
        return {};
    const std::size_t n = std::min(pieceCharacters, starts.size());
    starts.push_back(text.size());
    std::vector<std::uint64_t> pieces;
    pieces.reserve(starts.size() - n);
    for (std::size_t i = 0; i + n < starts.size(); ++i)
        pieces.push_back(hash64(text.substr(starts[i], starts[i + n] - starts[i])));
    std::ranges::sort(pieces);
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    return pieces;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        common += a[i] == b[j];
        const bool step = a[i] <= b[j];
        j += b[j] <= a[i];
        i += step;
    }
    const std::size_t all = a.size() + b.size() - common;
    return all == 0 ? 0 : double(common) / double(all);
}

NearSignature nearSignature(const std::vector<std::uint64_t>& pieces) {
    static const Permutations permutations;
    NearSignature signature;
    signature.some = !pieces.empty();
    std::array<std::uint32_t, hashes> least;
    least.fill(std::numeric_limits<std::uint32_t>::max());
    for (const std::uint64_t piece : pieces) {
        const auto x = std::uint32_t(piece);
        for (std::size_t i = 0; i < hashes; ++i) {
            const std::uint32_t value = (x ^ permutations.mixed[i]) * permutations.factor[i];
            least[i] = value < least[i] ? value : least[i];
        }
    }
    for (std::size_t band = 0; band < signature.bands.size(); ++band)
        signature.bands[band] = hash64({reinterpret_cast<const char*>(&least[band * rowsOfBand]),
            rowsOfBand * sizeof(std::uint32_t)});
    return signature;
}

void NearDuplicates::add(std::int64_t id, const NearSignature& signature) {
    if (!signature.some)
        return;
    m_ids.push_back(id);
    m_signatures.push_back(signature);
}

std::size_t NearDuplicates::root(std::size_t row) {
    while (m_parents[row] != row)
        row = m_parents[row] = m_parents[m_parents[row]];
    return row;
}

std::vector<std::vector<std::int64_t>> NearDuplicates::groups(
    const Pieces& pieces, const StopToken& stop) {
    m_parents.resize(m_ids.size());
    std::iota(m_parents.begin(), m_parents.end(), std::size_t(0));
    std::unordered_map<std::size_t, std::vector<std::uint64_t>> kept;
    const auto of = [&](std::size_t row) -> const std::vector<std::uint64_t>& {
        const auto found = kept.find(row);
        if (found != kept.end())
            return found->second;
        return kept.emplace(row, pieces(m_ids[row])).first->second;
    };
    std::vector<std::size_t> rows(m_ids.size());
    std::iota(rows.begin(), rows.end(), std::size_t(0));
    for (std::size_t band = 0; band < NearSignature().bands.size(); ++band) {
        const auto key = [&](std::size_t row) { return m_signatures[row].bands[band]; };
        std::ranges::sort(rows, [&](std::size_t a, std::size_t b) {
            return key(a) != key(b) ? key(a) < key(b) : a < b;
        });
        for (std::size_t begin = 0; begin < rows.size();) {
            std::vector<std::size_t> different = {rows[begin]};
            std::size_t end = begin + 1;
            for (; end < rows.size() && key(rows[end]) == key(rows[begin]); ++end) {
                if (stop.stop_requested())
                    return {};
                const std::size_t row = rows[end];
                bool joined = std::ranges::any_of(
                    different, [&](std::size_t other) { return root(other) == root(row); });
                for (std::size_t i = 0; i < different.size() && !joined; ++i) {
                    // The next two texts must stand beside each other while they are compared.
                    if (kept.size() + 2 > keptPieces)
                        kept.clear();
                    const std::vector<std::uint64_t>& other = of(different[i]);
                    joined = jaccard(other, of(row)) >= nearJaccard;
                    if (joined)
                        m_parents[std::max(root(different[i]), root(row))]
                            = std::min(root(different[i]), root(row));
                }
                if (!joined && different.size() < mostCompared)
                    different.push_back(row);
            }
            begin = end;
        }
    }
    std::map<std::size_t, std::vector<std::int64_t>> found;
    for (std::size_t row = 0; row < m_ids.size(); ++row)
        found[root(row)].push_back(m_ids[row]);
    std::vector<std::vector<std::int64_t>> groups;
    for (auto& [first, ids] : found)
        if (ids.size() > 1) {
            std::ranges::sort(ids);
            groups.push_back(std::move(ids));
        }
    std::ranges::sort(groups);
    return groups;
}

} // namespace assay
