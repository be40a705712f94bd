#include "core/text/sentencepiece_tokenizer.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/text/byte_ranges.h"

#include <array>

namespace assay {

namespace {

constexpr std::string_view spaceMarker = "\xe2\x96\x81"; // U+2581

std::string withSpaces(std::string_view piece) {
    std::string text;
    std::size_t at = 0;
    for (std::size_t found; (found = piece.find(spaceMarker, at)) != std::string_view::npos;
         at = found + spaceMarker.size()) {
        text.append(piece.substr(at, found - at));
        text.push_back(' ');
    }
    return text.append(piece.substr(at));
}

/// The byte of a piece such as "<0xE9>".
char byteOfPiece(std::string_view piece) {
    return static_cast<char>(std::stoi(std::string(piece.substr(3, 2)), nullptr, 16));
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> SentencePieceTokenizer::create(
    std::string_view serialized, const TokenizerConfig& config, const std::string& place) {
    const Result<const AssaySpmFunctions*> library = spmLibrary();
    if (!library)
        return fail(library.error());
    std::shared_ptr<SentencePieceTokenizer> tokenizer(new SentencePieceTokenizer);
    tokenizer->m_functions = *library;
    std::array<char, 512> reason{};
    AssaySpmError error{reason.data(), reason.size()};
    tokenizer->m_start
        = SpmModel((*library)->load(serialized.data(), serialized.size(), 0, &error), {*library});
    if (tokenizer->m_start)
        tokenizer->m_continuation = SpmModel(
            (*library)->load(serialized.data(), serialized.size(), 1, &error), {*library});
    if (!tokenizer->m_continuation)
        return fail("text.tokenizer_invalid", {{"path", place}, {"reason", reason.data()}}, place);
    tokenizer->readVocabulary();

    const std::int64_t size = tokenizer->m_modelSize;
    std::int64_t expected = size;
    for (const AddedToken& token : config.addedTokens) {
        // A hole would leave ids without a meaning; a far id is a mistake, not a million tokens.
        if (token.id < size)
            continue;
        if (token.id != expected)
            return fail("text.added_token_gap",
                {{"path", place}, {"token", token.content}, {"id", std::to_string(token.id)},
                    {"expected", std::to_string(expected)}},
                place);
        ++expected;
    }
    tokenizer->addTokens(config.addedTokens);
    tokenizer->applyNames(config);

    ContentHasher hasher;
    hasher.add(serialized);
    for (const AddedToken& token : config.addedTokens)
        hasher.add(
            "\n" + std::to_string(token.id) + (token.special ? " s " : " t ") + token.content);
    tokenizer->m_hash = hasher.hex();
    return tokenizer;
}

void SentencePieceTokenizer::readVocabulary() {
    m_modelSize = m_functions->size(m_start.get());
    m_unknown = m_functions->unknownId(m_start.get());
    m_bos = m_functions->bosId(m_start.get());
    m_eos = m_functions->eosId(m_start.get());
    m_pad = m_functions->padId(m_start.get());
    m_tokens.resize(std::size_t(m_modelSize));
    std::vector<TokenId> byteIds(256, -1);
    for (TokenId id = 0; id < m_modelSize; ++id) {
        Token& token = m_tokens[std::size_t(id)];
        std::size_t size = 0;
        const char* spelling = m_functions->piece(m_start.get(), id, &size);
        token.piece.assign(spelling, size);
        const std::uint32_t flags = m_functions->flags(m_start.get(), id);
        token.control = flags & AssaySpmControl;
        token.byte = flags & AssaySpmByte;
        if (token.byte) {
            token.bytes.assign(1, byteOfPiece(token.piece));
            byteIds[static_cast<unsigned char>(token.bytes[0])] = id;
        } else if (flags & AssaySpmUnknown) {
            appendDecoded(std::span(&id, 1), true, token.bytes);
        } else if (!token.control) {
            token.bytes = withSpaces(token.piece);
        }
        m_ids.emplace(token.piece, id);
    }
    if (std::find(byteIds.begin(), byteIds.end(), -1) == byteIds.end())
        m_byteIds = std::move(byteIds);
}

void SentencePieceTokenizer::addTokens(const std::vector<AddedToken>& added) {
    for (const AddedToken& token : added) {
        m_ids[token.content] = token.id;
        if (token.id < m_modelSize)
            continue; // The vocabulary owns it already; the entry at most gives it a second name.
        m_tokens.push_back(
            {token.content, token.special ? std::string() : token.content, token.special, false});
        if (!token.special)
            m_addedText.push_back(token);
    }
    std::stable_sort(
        m_addedText.begin(), m_addedText.end(), [](const AddedToken& a, const AddedToken& b) {
            return a.content.size() > b.content.size();
        });
}

void SentencePieceTokenizer::applyNames(const TokenizerConfig& config) {
    const auto apply = [this](const std::optional<std::string>& name, TokenId& id) {
        if (!name)
            return;
        const TokenId named = idOf(*name);
        if (named >= 0)
            id = named;
    };
    apply(config.bosToken, m_bos);
    apply(config.eosToken, m_eos);
    apply(config.unknownToken, m_unknown);
    apply(config.padToken, m_pad);
    m_addsBos = config.addBosToken.value_or(true) && m_bos >= 0;
    m_startsTextAfterControl = config.legacy;
}

Encoding SentencePieceTokenizer::encode(std::string_view text) const {
    return encodeFrom(text, false);
}

Encoding SentencePieceTokenizer::encodeContinuation(std::string_view text) const {
    return encodeFrom(text, true);
}

Encoding SentencePieceTokenizer::encodeFrom(std::string_view text, bool continues) const {
    Encoding encoding;
    // Whole stretches go to sentencepiece; it knows neither added tokens nor bytes that are not
    // UTF-8.
    std::size_t stretch = 0;
    std::size_t at = 0;
    const auto flush = [&] {
        if (at > stretch)
            appendText(text.substr(stretch, at - stretch), std::int64_t(stretch),
                continues || stretch > 0, encoding);
    };
    while (at < text.size()) {
        const std::size_t length = utf8SequenceLength(text.substr(at));
        if (length == 0) {
            flush();
            appendInvalid(text.substr(at, 1), std::int64_t(at), encoding);
            stretch = ++at;
        } else if (const AddedToken* added
            = m_addedText.empty() ? nullptr : addedTextAt(text.substr(at))) {
            flush();
            encoding.ids.push_back(added->id);
            encoding.ranges.push_back({std::int64_t(at), std::int64_t(at + added->content.size())});
            stretch = at += added->content.size();
        } else {
            at += length;
        }
    }
    flush();
    closeGaps(encoding.ranges, std::int64_t(text.size()));
    return encoding;
}

void SentencePieceTokenizer::appendText(
    std::string_view text, std::int64_t offset, bool continues, Encoding& encoding) const {
    const SpmModel& model = continues ? m_continuation : m_start;
    AssaySpmToken* tokens = nullptr;
    std::size_t count = 0;
    // Failure means that memory ran out or that the model is not loaded; neither is a state to go
    // on from.
    if (!m_functions->encode(model.get(), text.data(), text.size(), &tokens, &count, nullptr))
        throw std::bad_alloc();
    std::vector<AlignedToken> aligned(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Token& token = m_tokens[std::size_t(tokens[i].id)];
        aligned[i]
            = {{tokens[i].begin, tokens[i].end}, token.byte, token.byte ? token.bytes[0] : '\0'};
        encoding.ids.push_back(tokens[i].id);
    }
    m_functions->release(tokens);
    for (const ByteRange& range : splitBytes(text, aligned))
        encoding.ranges.push_back({range.begin + offset, range.end + offset});
}

void SentencePieceTokenizer::appendInvalid(
    std::string_view bytes, std::int64_t offset, Encoding& encoding) const {
    if (m_byteIds.empty()) {
        encoding.ids.push_back(m_unknown);
    } else {
        encoding.ids.push_back(m_byteIds[static_cast<unsigned char>(bytes[0])]);
    }
    encoding.ranges.push_back({offset, offset + 1});
}

const AddedToken* SentencePieceTokenizer::addedTextAt(std::string_view text) const {
    for (const AddedToken& token : m_addedText) {
        if (text.starts_with(token.content))
            return &token;
    }
    return nullptr;
}

std::string SentencePieceTokenizer::bytesOf(TokenId id) const {
    return knows(id) ? m_tokens[std::size_t(id)].bytes : std::string();
}

std::string SentencePieceTokenizer::piece(TokenId id) const {
    return knows(id) ? m_tokens[std::size_t(id)].piece : std::string();
}

bool SentencePieceTokenizer::isControl(TokenId id) const {
    return knows(id) && m_tokens[std::size_t(id)].control;
}

TokenId SentencePieceTokenizer::idOf(std::string_view piece) const {
    const auto found = m_ids.find(std::string(piece));
    return found == m_ids.end() ? -1 : found->second;
}

void SentencePieceTokenizer::appendDecoded(
    std::span<const TokenId> ids, bool continues, std::string& text) const {
    if (ids.empty())
        return;
    const SpmModel& model = continues ? m_continuation : m_start;
    char* decoded = nullptr;
    std::size_t size = 0;
    if (!m_functions->decode(model.get(), ids.data(), ids.size(), &decoded, &size, nullptr))
        throw std::bad_alloc();
    text.append(decoded, size);
    m_functions->release(decoded);
}

std::string SentencePieceTokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    std::vector<TokenId> run;
    const auto flush = [&] {
        appendDecoded(run, !text.empty(), text);
        run.clear();
    };
    for (const TokenId id : ids) {
        if (id >= 0 && id < m_modelSize) {
            run.push_back(id);
        } else if (knows(id) && !isControl(id)) {
            flush();
            text += bytesOf(id);
        }
        // Added control tokens and ids outside the vocabulary have no text.
    }
    flush();
    return text;
}

} // namespace assay
