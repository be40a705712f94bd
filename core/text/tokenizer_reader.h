#pragma once

#include "core/text/pieces/bpe_model.h"
#include "core/text/pipeline_tokenizer.h"
#include "core/text/tokenizer_config.h"

#include <simdjson.h>

namespace assay::tokenizer_reader {

/// Ends a reader of tokenizer files; caught at its public function.
struct Failure {
    Error error;
};

/// Larger files than any real tokenizer are refused before they are read.
constexpr std::uintmax_t largestFile = 128u << 20;
/// The same for ids, which size the tables.
constexpr std::int64_t largestId = 4'000'000;

[[noreturn]] void damaged(const std::string& path, std::string reason);
[[noreturn]] void unsupported(const std::string& path, std::string part);

std::string readChecked(const std::filesystem::path& path);

/// A JSON value with the place it came from; reading a missing or wrong one ends the reader.
class Node {
public:
    Node(simdjson::dom::element element, const std::string& path, std::string name)
        : m_element(element)
        , m_path(path)
        , m_name(std::move(name)) { }

    bool isNull() const { return m_element.is_null(); }
    bool isString() const { return m_element.is_string(); }
    bool isObject() const { return m_element.is_object(); }
    bool isArray() const { return m_element.is_array(); }
    const std::string& path() const { return m_path; }
    const std::string& name() const { return m_name; }

    bool has(const char* key) const; ///< present and not null
    Node at(const char* key) const;
    std::string_view text() const;
    std::string_view text(const char* key) const { return at(key).text(); }
    std::int64_t integer() const;
    double number() const;
    bool flag(const char* key, bool absent) const;
    std::vector<Node> items() const;
    simdjson::dom::object object() const;
    simdjson::dom::array array() const;

private:
    simdjson::dom::element m_element;
    const std::string& m_path;
    std::string m_name;
};

void readNormaliser(const Node& node, Normaliser& normaliser);
/// What the pre-tokenizer says beside its cuts.
struct PreTokenizerFacts {
    bool byteLevel = false;
    bool spaceBeforeEachStretch = false;
};
void readPreTokenizer(const Node& node, PreTokenizer& preTokenizer, PreTokenizerFacts& facts);

/// Sets what tokenizer_config.json names: BOS, EOS, pad, unknown.
void applyNames(PipelineParts& parts, const TokenizerConfig& config);
/// Puts an added token into the table of tokens.
void placeAdded(PipelineParts& parts, const AddedTokenRule& rule, const std::string& path);
/// Adds a token of the vocabulary, which must not have an id twice.
void placePiece(PipelineParts& parts, std::int64_t id, const std::string& path, std::string piece,
    std::string bytes);
/// The model's family: tokenizer_class, else model_type of config.json beside the file; lower case.
std::string familyOf(const std::filesystem::path& file, const TokenizerConfig& config);

} // namespace assay::tokenizer_reader
