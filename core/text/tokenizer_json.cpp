#include "core/text/tokenizer_json.h"

#include "core/base/hash.h"
#include "core/text/byte_alphabet.h"
#include "core/text/pieces/unigram_model.h"
#include "core/text/tokenizer_reader.h"

#include <algorithm>
#include <set>

namespace assay {

namespace {

using namespace tokenizer_reader;

constexpr std::string_view spaceMarker = "\xe2\x96\x81"; // U+2581

/// How pieces become text.
struct DecoderFacts {
    bool byteLevel = false;
    bool byteFallback = false;
    bool dropsSpaceAtStart = false;
    bool fused = false;
    std::vector<std::pair<std::string, std::string>> replacements;
};

void readDecoder(const Node& node, DecoderFacts& facts) {
    const std::string_view type = node.text("type");
    if (type == "Sequence") {
        for (const Node& one : node.at("decoders").items())
            readDecoder(one, facts);
    } else if (type == "ByteLevel") {
        facts.byteLevel = true;
    } else if (type == "ByteFallback") {
        facts.byteFallback = true;
    } else if (type == "Fuse") {
        facts.fused = true;
    } else if (type == "Metaspace") {
        facts.replacements.emplace_back(node.text("replacement"), " ");
        facts.dropsSpaceAtStart = node.has("prepend_scheme")
            ? node.text("prepend_scheme") != "never"
            : node.flag("add_prefix_space", true);
    } else if (type == "Replace" && node.at("pattern").has("String")) {
        facts.replacements.emplace_back(node.at("pattern").text("String"), node.text("content"));
    } else if (type == "Strip") {
        const std::int64_t start = node.at("start").integer();
        if (node.text("content") != " " || start > 1 || node.at("stop").integer() != 0
            || (start == 1 && !facts.fused))
            unsupported(node.path(), "a decoder that strips more than one space in front");
        facts.dropsSpaceAtStart = facts.dropsSpaceAtStart || start == 1;
    } else {
        unsupported(node.path(), "the decoder " + std::string(type));
    }
}

/// The byte of "<0xE9>", or -1.
int byteOfPiece(std::string_view piece) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>' || digit(piece[3]) < 0
        || digit(piece[4]) < 0)
        return -1;
    return digit(piece[3]) * 16 + digit(piece[4]);
}

class JsonTokenizerReader {
public:
    JsonTokenizerReader(const std::filesystem::path& path, const TokenizerConfig& config)
        : m_path(path.string())
        , m_config(config) { }

    std::shared_ptr<const Tokenizer> read(const std::filesystem::path& path) {
        const std::string bytes = readChecked(path);
        simdjson::dom::parser parser;
        simdjson::dom::element document;
        if (const auto error = parser.parse(bytes).get(document))
            damaged(m_path, std::string("it is not JSON: ") + simdjson::error_message(error));
        const Node root(document, m_path, "");
        const Node model = root.at("model");
        if (root.has("normalizer")) {
            readNormaliser(root.at("normalizer"), m_parts.normaliser);
            m_parts.spaceBeforeEachStretch = prepends(root.at("normalizer"));
        }
        if (root.has("pre_tokenizer"))
            readPreTokenizer(root.at("pre_tokenizer"), m_parts.preTokenizer, m_pre);
        if (root.has("decoder"))
            readDecoder(root.at("decoder"), m_decoder);
        m_parts.spaceBeforeEachStretch
            = m_parts.spaceBeforeEachStretch || m_pre.spaceBeforeEachStretch;
        m_parts.takesBytes = m_pre.byteLevel;
        m_parts.dropsSpaceAtStart = m_decoder.dropsSpaceAtStart;
        readAdded(root);
        readModel(model);
        for (const AddedTokenRule& rule : m_added)
            if (rule.id != m_parts.unknownId) // which is met, and has a text
                placeAdded(m_parts, rule, m_path);
        applyNames(m_parts, m_config);
        if (root.has("post_processor"))
            readPostProcessor(root.at("post_processor"));
        if (m_config.addBosToken)
            m_parts.addsBos = *m_config.addBosToken;
        if (m_parts.bos < 0)
            m_parts.addsBos = false;
        m_parts.hash = contentHash(bytes);
        return std::make_shared<PipelineTokenizer>(std::move(m_parts));
    }

private:
    static bool prepends(const Node& normaliser) {
        if (normaliser.text("type") == "Prepend")
            return true;
        if (normaliser.text("type") != "Sequence")
            return false;
        const std::vector<Node> steps = normaliser.at("normalizers").items();
        return std::any_of(steps.begin(), steps.end(), prepends);
    }

    /// The bytes of a piece in the middle of a text.
    std::string bytesOf(std::string_view piece) const {
        if (const int byte = m_decoder.byteFallback ? byteOfPiece(piece) : -1; byte >= 0)
            return std::string(1, static_cast<char>(byte));
        std::string text(piece);
        for (const auto& [from, to] : m_decoder.replacements)
            for (std::size_t at = 0;
                 !from.empty() && (at = text.find(from, at)) != std::string::npos; at += to.size())
                text.replace(at, from.size(), to);
        return text;
    }

    void addPiece(Vocabulary& vocabulary, std::string_view piece, std::int64_t id) {
        std::string bytes;
        if (m_parts.takesBytes && bytesOfAlphabet(piece, bytes)) {
            placePiece(m_parts, id, m_path, bytes, bytes);
            vocabulary.add(std::move(bytes), TokenId(id));
            return;
        }
        placePiece(m_parts, id, m_path, std::string(piece), bytesOf(piece));
        // Among bytes, what is not of their alphabet is never met.
        if (!m_parts.takesBytes)
            vocabulary.add(std::string(piece), TokenId(id));
    }

    void readModel(const Node& model) {
        // Older files leave the type out; only the kinds of vocabulary tell.
        const std::string_view type = model.has("type") ? model.text("type")
            : model.has("merges")                       ? "BPE"
                                                        : "Unigram";
        if (type == "BPE")
            readBpe(model);
        else if (type == "Unigram")
            readUnigram(model);
        else
            unsupported(m_path, "the model " + std::string(type));
    }

    void setUnknown(TokenId unknown, bool fuse, bool byteFallback, const Vocabulary& vocabulary) {
        m_parts.unknownId = unknown;
        m_parts.unknown = {unknown, fuse, {}};
        if (!byteFallback)
            return;
        for (int byte = 0; byte < 256; ++byte) {
            static constexpr char digits[] = "0123456789ABCDEF";
            const std::string piece
                = std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">";
            m_parts.unknown.byteIds.push_back(vocabulary.find(piece));
        }
        if (std::ranges::find(m_parts.unknown.byteIds, -1) != m_parts.unknown.byteIds.end())
            m_parts.unknown.byteIds.clear();
    }

    void readBpe(const Node& model) {
        if (model.has("dropout") && model.at("dropout").number() > 0)
            unsupported(m_path, "merges that are dropped at random (dropout)");
        for (const char* affix : {"continuing_subword_prefix", "end_of_word_suffix"})
            if (model.has(affix) && !model.text(affix).empty())
                unsupported(m_path, affix);
        BpeModel::Parts parts;
        const simdjson::dom::object pieces = model.at("vocab").object();
        parts.vocabulary.reserve(pieces.size());
        for (const auto& [piece, id] : pieces)
            addPiece(parts.vocabulary, piece, Node(id, m_path, "model/vocab").integer());
        readMerges(model.at("merges"), parts);
        parts.bytes = m_parts.takesBytes;
        parts.wholeWordsFirst = model.flag("ignore_merges", false);
        parts.notWhole = m_specials;
        TokenId unknown = -1;
        if (model.has("unk_token"))
            unknown = parts.vocabulary.find(model.text("unk_token"));
        setUnknown(unknown, model.flag("fuse_unk", false), model.flag("byte_fallback", false),
            parts.vocabulary);
        parts.unknown = m_parts.unknown;
        m_parts.model = std::make_unique<BpeModel>(std::move(parts));
    }

    void readMerges(const Node& merges, BpeModel::Parts& parts) {
        const simdjson::dom::array list = merges.array();
        parts.merges.reserve(list.size());
        bool crosses = false; // whether a merge joins words
        std::uint32_t rank = 0;
        for (const simdjson::dom::element merge : list) {
            const auto [left, right] = mergeParts(merge);
            std::string a(left);
            std::string b(right);
            if (m_parts.takesBytes) {
                std::string bytes;
                if (bytesOfAlphabet(left, bytes))
                    a = bytes;
                if (bytesOfAlphabet(right, bytes))
                    b = bytes;
            }
            const TokenId first = parts.vocabulary.find(a);
            const TokenId second = parts.vocabulary.find(b);
            const TokenId both = parts.vocabulary.find(a + b);
            if (first < 0 || second < 0 || both < 0)
                damaged(m_path,
                    "the merge of " + std::string(left) + " and " + std::string(right)
                        + " has a part that is no piece");
            if (!m_specials.contains(a + b)) // which data never makes
                parts.merges.add(first, second, {rank, both});
            ++rank;
            crosses = crosses || (b.starts_with(spaceMarker) && !a.ends_with(spaceMarker));
        }
        if (!m_parts.takesBytes && !crosses && parts.vocabulary.find(spaceMarker) >= 0)
            parts.wordMarker = spaceMarker;
    }

    std::pair<std::string_view, std::string_view> mergeParts(simdjson::dom::element merge) const {
        const Node node(merge, m_path, "model/merges");
        if (node.isArray()) {
            const std::vector<Node> both = node.items();
            if (both.size() != 2)
                damaged(m_path, "a merge has not two parts");
            return {both[0].text(), both[1].text()};
        }
        const std::string_view line = node.text();
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos)
            damaged(m_path, "a merge has not two parts: " + std::string(line));
        return {line.substr(0, space), line.substr(space + 1)};
    }

    void readUnigram(const Node& model) {
        if (m_parts.takesBytes)
            unsupported(m_path, "a Unigram model of bytes");
        std::vector<UnigramModel::Piece> pieces;
        Vocabulary vocabulary;
        for (const simdjson::dom::element entry : model.at("vocab").array()) {
            const std::vector<Node> pair = Node(entry, m_path, "model/vocab").items();
            if (pair.size() != 2)
                damaged(m_path, "a piece has not a text and a score");
            const std::string_view piece = pair[0].text();
            addPiece(vocabulary, piece, std::int64_t(pieces.size()));
            const bool special = m_specials.contains(std::string(piece));
            pieces.push_back({special ? std::string() : std::string(piece), pair[1].number()});
        }
        TokenId unknown = -1;
        if (model.has("unk_id")) {
            const std::int64_t id = model.at("unk_id").integer();
            if (id < 0 || id >= std::int64_t(pieces.size()))
                damaged(m_path, "unk_id is no piece");
            unknown = TokenId(id);
        }
        setUnknown(unknown, true, model.flag("byte_fallback", false), vocabulary);
        m_parts.model = std::make_unique<UnigramModel>(std::move(pieces), m_parts.unknown);
    }

    void readAdded(const Node& root) {
        if (!root.has("added_tokens"))
            return;
        for (const Node& node : root.at("added_tokens").items()) {
            AddedTokenRule rule;
            rule.id = TokenId(std::clamp<std::int64_t>(node.at("id").integer(), -1, INT32_MAX));
            rule.content = node.text("content");
            rule.special = node.flag("special", false);
            rule.stripLeft = node.flag("lstrip", false);
            rule.stripRight = node.flag("rstrip", false);
            rule.singleWord = node.flag("single_word", false);
            rule.normalised = node.flag("normalized", !rule.special);
            if (rule.special)
                m_specials.insert(rule.content);
            m_added.push_back(std::move(rule));
        }
    }

    void readPostProcessor(const Node& node) {
        const std::string_view type = node.text("type");
        if (type == "Sequence") {
            for (const Node& one : node.at("processors").items())
                readPostProcessor(one);
        } else if (type == "TemplateProcessing") {
            std::vector<std::string> front;
            for (const Node& part : node.at("single").items()) {
                if (part.has("Sequence"))
                    break;
                front.emplace_back(part.at("SpecialToken").text("id"));
            }
            if (front.empty())
                return;
            const TokenId bos = specialId(node, front[0]);
            if (front.size() > 1 || (m_parts.bos >= 0 && m_parts.bos != bos))
                unsupported(m_path, "a post-processor that puts more than BOS in front");
            m_parts.bos = bos;
            m_parts.addsBos = true;
        } else if (type != "ByteLevel") { // which only trims offsets
            unsupported(m_path, "the post-processor " + std::string(type));
        }
    }

    TokenId specialId(const Node& node, const std::string& name) const {
        for (const auto& [key, value] : node.at("special_tokens").object()) {
            const Node token(value, m_path, "post_processor/special_tokens");
            if (key == name)
                for (const Node& id : token.at("ids").items())
                    if (id.integer() >= 0 && id.integer() < std::int64_t(m_parts.tokens.size()))
                        return TokenId(id.integer());
        }
        damaged(m_path, "the post-processor's token " + name + " has no id");
    }

    std::string m_path;
    const TokenizerConfig& m_config;
    PipelineParts m_parts;
    PreTokenizerFacts m_pre;
    DecoderFacts m_decoder;
    std::vector<AddedTokenRule> m_added;
    std::set<std::string> m_specials; ///< their spellings
};

} // namespace

Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(
    const std::filesystem::path& path, const TokenizerConfig& config) {
    try {
        return JsonTokenizerReader(path, config).read(path);
    } catch (const Failure& failure) {
        return fail(failure.error);
    }
}

} // namespace assay
