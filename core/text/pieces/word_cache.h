#pragma once

#include "core/text/pieces/piece_model.h"

#include <cstring>
#include <span>

namespace assay {

/// The tokens of words seen before. Bounded; emptied when full. For one thread.
class WordCache {
public:
    static constexpr std::size_t longestWord = 48;

    WordCache()
        : m_slots(slotCount) { }

    static std::uint64_t hashOf(std::string_view word) {
        std::uint64_t hash = word.size() * 0x9e3779b97f4a7c15u;
        const char* at = word.data();
        std::size_t left = word.size();
        for (; left >= 8; at += 8, left -= 8) {
            std::uint64_t eight;
            std::memcpy(&eight, at, 8);
            hash = mixed(hash ^ eight);
        }
        std::uint64_t rest = 0;
        std::memcpy(&rest, at, left);
        return mixed(hash ^ rest);
    }

    /// Null where the word is new.
    const PieceToken* find(std::string_view word, std::uint64_t hash, std::size_t& count) const {
        for (std::size_t at = hash & (slotCount - 1);; at = (at + 1) & (slotCount - 1)) {
            const Slot& slot = m_slots[at];
            if (slot.keySize == 0)
                return nullptr;
            if (slot.hash == hash && slot.keySize == word.size()
                && std::memcmp(m_keys.data() + slot.key, word.data(), word.size()) == 0) {
                count = slot.count;
                return m_tokens.data() + slot.tokens;
            }
        }
    }

    /// `word` must be new and neither empty nor longer than `longestWord`.
    void add(std::string_view word, std::uint64_t hash, std::span<const PieceToken> tokens) {
        if (m_count * 2 >= slotCount) {
            m_slots.assign(slotCount, {});
            m_keys.clear();
            m_tokens.clear();
            m_count = 0;
        }
        std::size_t at = hash & (slotCount - 1);
        while (m_slots[at].keySize != 0)
            at = (at + 1) & (slotCount - 1);
        m_slots[at] = {hash, std::uint32_t(m_keys.size()), std::uint32_t(m_tokens.size()),
            std::uint16_t(word.size()), std::uint16_t(tokens.size())};
        m_keys += word;
        m_tokens.insert(m_tokens.end(), tokens.begin(), tokens.end());
        ++m_count;
    }

    /// This thread's cache of the tokenizer with that number; the least recently made of four goes
    /// when a fifth is asked for.
    static WordCache& ofThread(std::uint64_t tokenizer);

private:
    static constexpr std::size_t slotCount = 1 << 16;
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t key = 0;
        std::uint32_t tokens = 0;
        std::uint16_t keySize = 0; ///< 0: free
        std::uint16_t count = 0;
    };
    __extension__ using Wide = unsigned __int128;
    static std::uint64_t mixed(std::uint64_t value) {
        const auto wide = static_cast<Wide>(value) * 0xa0761d6478bd642fu;
        return std::uint64_t(wide) ^ std::uint64_t(wide >> 64);
    }

    std::vector<Slot> m_slots;
    std::string m_keys;
    std::vector<PieceToken> m_tokens;
    std::size_t m_count = 0;
};

} // namespace assay
