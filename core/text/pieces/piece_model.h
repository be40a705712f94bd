#pragma once

#include "core/text/tokenizer.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay {

/// A token and how many bytes of the word it covers.
struct PieceToken {
    TokenId id = -1;
    std::uint32_t bytes = 0;
};

/// From one word to the pieces of a vocabulary. Immutable, safe to share between threads.
class PieceModel {
public:
    virtual ~PieceModel() = default;
    /// Appends the tokens of well-formed UTF-8 (a model of bytes takes any bytes).
    virtual void encode(std::string_view word, std::vector<PieceToken>& tokens) const = 0;
};

/// Ids by their bytes or spelling.
class Vocabulary {
public:
    void add(std::string piece, TokenId id) { m_ids.emplace(std::move(piece), id); }
    void reserve(std::size_t count) { m_ids.reserve(count); }
    TokenId find(std::string_view piece) const {
        const auto found = m_ids.find(piece);
        return found == m_ids.end() ? -1 : found->second;
    }
    const auto& all() const { return m_ids; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    std::unordered_map<std::string, TokenId, Hash, std::equal_to<>> m_ids;
};

/// What stands for a character that the vocabulary lacks.
struct UnknownRule {
    TokenId unknown = -1; ///< -1: nothing does
    bool fuse = false; ///< one token for several in a row
    std::vector<TokenId> byteIds; ///< 256 ids with byte fallback, else empty

    /// Appends what stands for the character at `at`.
    void append(std::string_view character, std::vector<PieceToken>& tokens) const;
};

} // namespace assay
