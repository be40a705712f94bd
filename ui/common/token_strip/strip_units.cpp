#include "ui/common/token_strip/strip_units.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

bool isCounted(const StripToken& token) {
    return token.scored && !token.frame && !token.cut;
}

bool isCjk(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/// Whether a unit ends before a token that begins with `bytes`, after text that ended in `before`.
bool beginsWord(const QString& before, const QString& text) {
    if (before.isEmpty() || text.isEmpty())
        return false;
    const auto last = before.back();
    if (last == QLatin1Char('\n'))
        return true;
    const auto first = text.front();
    if (first.isSpace() || last.isSpace())
        return !last.isSpace(); // spaces belong to the word behind them
    const char32_t code = first.isHighSurrogate() && text.size() > 1
        ? QChar::surrogateToUcs4(first, text[1])
        : char32_t(first.unicode());
    // Chinese and Japanese have no spaces: a token's own cut is all there is to go by.
    if (isCjk(code) || isCjk(char32_t(last.unicode())))
        return true;
    return first.isLetterOrNumber() != last.isLetterOrNumber();
}

bool endsSentence(const QString& text) {
    const QString trimmed = text.trimmed();
    if (text.contains(QLatin1Char('\n')))
        return true;
    static const QString marks = QStringLiteral(".!?。！？…；");
    return !trimmed.isEmpty() && marks.contains(trimmed.back());
}

/// First tokens of the units.
std::vector<int> beginnings(const StripText& text, StripUnit unit) {
    std::vector<int> first;
    QString before;
    int turn = -1;
    bool ended = true;
    for (int i = 0; i < int(text.tokens.size()); ++i) {
        const StripToken& token = text.tokens[std::size_t(i)];
        const QString words = QString::fromUtf8(token.bytes);
        const bool apart = token.turn != turn || token.frame || token.cut;
        const bool begins = apart || (unit == StripUnit::Word ? beginsWord(before, words) : ended);
        if (begins || first.empty())
            first.push_back(i);
        ended = apart && (token.frame || token.cut);
        if (unit == StripUnit::Sentence)
            ended = ended || endsSentence(words);
        else if (unit == StripUnit::Line)
            ended = ended || words.contains(QLatin1Char('\n'));
        turn = token.turn;
        before = token.frame ? QString() : words;
    }
    return first;
}

} // namespace

std::vector<StripToken> unitNumbers(const StripText& text, StripUnit unit) {
    std::vector<StripToken> numbers;
    if (unit == StripUnit::Token)
        return numbers;
    numbers.resize(text.tokens.size());
    std::vector<int> first = beginnings(text, unit);
    first.push_back(int(text.tokens.size()));
    for (std::size_t u = 0; u + 1 < first.size(); ++u) {
        StripToken whole;
        double delta = 0;
        int count = 0;
        bool hasDelta = true;
        for (int i = first[u]; i < first[u + 1]; ++i) {
            const StripToken& token = text.tokens[std::size_t(i)];
            if (!isCounted(token))
                continue;
            whole.margin = count == 0 ? token.margin : std::min(whole.margin, token.margin);
            ++count;
            whole.logprob += token.logprob;
            whole.entropy += token.entropy;
            whole.rank = std::max(whole.rank, token.rank);
            hasDelta = hasDelta && std::isfinite(token.delta);
            delta += token.delta;
        }
        const double share = unit == StripUnit::Word ? 1.0 : 1.0 / std::max(count, 1);
        whole.logprob *= share;
        whole.entropy *= share;
        if (hasDelta && count > 0)
            whole.delta = delta * share;
        for (int i = first[u]; i < first[u + 1]; ++i) {
            const StripToken& token = text.tokens[std::size_t(i)];
            StripToken& shown = numbers[std::size_t(i)];
            shown = whole;
            shown.scored = token.scored;
            shown.cut = token.cut;
            shown.frame = token.frame;
            if (!isCounted(token)) {
                shown.logprob = token.logprob;
                shown.entropy = token.entropy;
                shown.margin = token.margin;
                shown.rank = token.rank;
                shown.delta = token.delta;
            }
        }
    }
    return numbers;
}

} // namespace assay
