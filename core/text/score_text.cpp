#include "core/text/score_text.h"

#include "core/base/utf8.h"

namespace assay {

namespace {

/// Whether the token's bytes begin with a space that nobody wrote where it stands first.
bool startsWithMarker(const Tokenizer& tokenizer, TokenId id) {
    return tokenizer.dropsSpaceAtStart() && tokenizer.piece(id).starts_with("\xe2\x96\x81");
}

/// Length of the longest beginning of `bytes` that does not end inside a character which more bytes
/// could still complete.
std::size_t wholeCharacters(std::string_view bytes) {
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto lead = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((lead & 0xc0) == 0x80)
            continue;
        const std::size_t needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
        return needed > back && lead < 0xf5 ? bytes.size() - back : bytes.size();
    }
    return bytes.size();
}

/// JSON holds no bytes that are not UTF-8: such a byte is shown as U+FFFD, and offsets count that.
void makeValid(std::string& text, std::vector<ByteRange>& ranges) {
    if (isValidUtf8(text))
        return;
    std::vector<std::int64_t> moved(text.size() + 1);
    std::string valid;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8SequenceLength(std::string_view(text).substr(at));
        for (std::size_t i = 0; i < std::max<std::size_t>(length, 1); ++i)
            moved[at + i] = std::int64_t(valid.size() + i);
        if (length == 0)
            appendUtf8(valid, 0xfffd);
        else
            valid.append(text, at, length);
        at += std::max<std::size_t>(length, 1);
    }
    moved[text.size()] = std::int64_t(valid.size());
    for (ByteRange& range : ranges)
        range = {moved[std::size_t(range.begin)], moved[std::size_t(range.end)]};
    text = std::move(valid);
}

} // namespace

TokenView viewOfText(const Tokenizer& tokenizer, std::string_view text) {
    return viewOfSample(encodePlainText(tokenizer, text, false));
}

TokenView viewOfSample(const EncodedSample& sample) {
    return {sample.ids, sample.text, sample.ranges};
}

TokenView viewOfIds(const Tokenizer* tokenizer, std::vector<TokenId> ids) {
    TokenView view{std::move(ids), std::nullopt, {}};
    if (!tokenizer)
        return view;
    std::string text;
    bool first = true;
    for (const TokenId id : view.ids) {
        const auto begin = std::int64_t(text.size());
        std::string bytes = tokenizer->bytesOf(id);
        if (first && !bytes.empty()) {
            if (startsWithMarker(*tokenizer, id))
                bytes.erase(0, 1);
            first = false;
        }
        text += bytes;
        view.ranges.push_back({begin, std::int64_t(text.size())});
    }
    view.text = std::move(text);
    return view;
}

Json tokenFields(const Tokenizer* tokenizer, const TokenView& view) {
    Json fields;
    fields["text"] = nullptr;
    fields["ids"] = view.ids;
    fields["pieces"] = nullptr;
    fields["byte_offsets"] = nullptr;
    fields["bytes_hex"] = nullptr;
    if (!tokenizer || !view.text)
        return fields;
    std::string text = *view.text;
    std::vector<ByteRange> ranges = view.ranges;
    makeValid(text, ranges);
    fields["text"] = std::move(text);
    Json pieces = Json::array();
    Json offsets = Json::array();
    Json hex = Json::array();
    for (std::size_t i = 0; i < view.ids.size(); ++i) {
        pieces.push_back(displayPiece(*tokenizer, view.ids[i]));
        offsets.push_back({ranges[i].begin, ranges[i].end});
        const std::string bytes = tokenizer->bytesOf(view.ids[i]);
        hex.push_back(isValidUtf8(bytes) ? Json() : Json(toHex(bytes)));
    }
    fields["pieces"] = std::move(pieces);
    fields["byte_offsets"] = std::move(offsets);
    fields["bytes_hex"] = std::move(hex);
    return fields;
}

std::string TextStream::push(TokenId id) {
    std::string bytes = m_tokenizer.bytesOf(id);
    if (m_dropSpace && !bytes.empty()) {
        if (startsWithMarker(m_tokenizer, id))
            bytes.erase(0, 1);
        m_dropSpace = false;
    }
    m_held += bytes;
    const std::size_t whole = wholeCharacters(m_held);
    std::string text = toValidUtf8(std::string_view(m_held).substr(0, whole));
    m_held.erase(0, whole);
    return text;
}

std::string TextStream::finish() {
    std::string text = toValidUtf8(m_held);
    m_held.clear();
    return text;
}

} // namespace assay
