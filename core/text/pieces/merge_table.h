#pragma once

#include "core/text/tokenizer.h"

#include <vector>

namespace assay {

/// What two neighbouring pieces become, and how early.
struct Merge {
    std::uint32_t rank = UINT32_MAX; ///< lower goes first; UINT32_MAX: they do not merge
    TokenId id = -1;
};

/// Merges by their pair, in one flat table.
class MergeTable {
public:
    void reserve(std::size_t count) {
        std::size_t size = 16;
        while (size < count * 2)
            size *= 2;
        m_slots.assign(size, {});
        m_mask = size - 1;
    }
    /// The first rank given to a pair stays, unless the new one is earlier.
    void add(TokenId left, TokenId right, Merge merge) {
        if ((m_count + 1) * 2 > m_slots.size())
            grow();
        Slot& slot = slotOf(keyOf(left, right));
        if (slot.key == emptyKey) {
            slot.key = keyOf(left, right);
            slot.merge = merge;
            ++m_count;
        } else if (merge.rank < slot.merge.rank) {
            slot.merge = merge;
        }
    }
    Merge find(TokenId left, TokenId right) const {
        const std::uint64_t key = keyOf(left, right);
        for (std::size_t at = hashOf(key) & m_mask;; at = (at + 1) & m_mask) {
            const Slot& slot = m_slots[at];
            if (slot.key == key)
                return slot.merge;
            if (slot.key == emptyKey)
                return {};
        }
    }

private:
    static constexpr std::uint64_t emptyKey = UINT64_MAX;
    struct Slot {
        std::uint64_t key = emptyKey;
        Merge merge;
    };
    static std::uint64_t keyOf(TokenId left, TokenId right) {
        return std::uint64_t(std::uint32_t(left)) << 32 | std::uint32_t(right);
    }
    static std::size_t hashOf(std::uint64_t key) {
        key *= 0x9e3779b97f4a7c15u;
        return std::size_t(key ^ key >> 32);
    }
    Slot& slotOf(std::uint64_t key) {
        std::size_t at = hashOf(key) & m_mask;
        while (m_slots[at].key != key && m_slots[at].key != emptyKey)
            at = (at + 1) & m_mask;
        return m_slots[at];
    }
    void grow() {
        std::vector<Slot> old = std::move(m_slots);
        reserve(old.size());
        for (const Slot& slot : old)
            if (slot.key != emptyKey)
                slotOf(slot.key) = slot;
    }

    std::vector<Slot> m_slots = std::vector<Slot>(16);
    std::size_t m_mask = 15;
    std::size_t m_count = 0;
};

} // namespace assay
