#include "ui/common/token_strip/strip_text.h"

#include "core/base/utf8.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr double fullNats = 10;
constexpr double fullDelta = 5;
constexpr char16_t middleDot = u'\u00B7';
constexpr char16_t tabArrow = u'\u2192';
constexpr char16_t returnGlyph = u'\u23CE';
/// A character is at most four bytes, so no more tokens than that are needed to complete one.
constexpr int mostTokensOfACharacter = 4;

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), size_t(bytes.size())};
}

/// Whether the bytes are well-formed up to a last sequence that could still be completed.
bool mayBeCompleted(const QByteArray& bytes) {
    const std::size_t bad = firstInvalidUtf8(view(bytes));
    if (bad == std::string_view::npos)
        return false;
    const std::string_view rest = view(bytes).substr(bad);
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t needed = lead >= 0xF0 && lead <= 0xF4 ? 4
        : lead >= 0xE0 && lead < 0xF0                       ? 3
        : lead >= 0xC2 && lead < 0xE0                       ? 2
                                                            : 0;
    if (rest.size() >= needed)
        return false;
    return std::all_of(rest.begin() + 1, rest.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

void append(StripGroup& group, const QString& text, bool standIn) {
    group.text += text;
    group.standIn.resize(std::size_t(group.text.size()), standIn);
}

void appendHex(StripGroup& group, const QByteArray& bytes) {
    append(group, QString::fromLatin1(bytes.toHex(' ').toUpper()), true);
}

/// A single space inside or before a word stays a blank: text stays text. All other spaces are
/// shown.
bool spaceIsQuiet(const QString& text, qsizetype at) {
    const bool spaceBefore = at > 0 && text[at - 1].isSpace();
    const bool textAfter = at + 1 < text.size() && !text[at + 1].isSpace();
    return !spaceBefore && textAfter;
}

void appendText(StripGroup& group, const QString& text) {
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\n')) {
            ++group.lineBreaks;
            append(group, QString(QChar(returnGlyph)), true);
        } else if (c == QLatin1Char('\t')) {
            append(group, QString(QChar(tabArrow)) + QStringLiteral("   "), true);
        } else if (c == QLatin1Char('\r')) {
            append(group, QStringLiteral("␍"), true);
        } else if (c == QLatin1Char(' ')) {
            const bool quiet = spaceIsQuiet(text, i);
            append(group, quiet ? QStringLiteral(" ") : QString(QChar(middleDot)), !quiet);
        } else if (c.unicode() < 0x20 || c.unicode() == 0x7F) {
            append(group,
                QString::number(c.unicode(), 16).rightJustified(2, QLatin1Char('0')).toUpper(),
                true);
        } else {
            append(group, QString(c), false);
        }
    }
}

} // namespace

double stripIntensity(const StripToken& token, StripMetric metric) {
    if (!token.scored)
        return 0;
    const auto share = [](double nats) {
        return std::isnan(nats) ? 1.0 : std::clamp(nats / fullNats, 0.0, 1.0);
    };
    switch (metric) {
    case StripMetric::Surprisal:
        return share(token.surprisal());
    case StripMetric::Entropy:
        return share(token.entropy);
    case StripMetric::Margin:
        return share(-token.margin);
    case StripMetric::Delta:
        return std::isnan(token.delta) ? 0 : std::min(1.0, std::abs(token.delta) / fullDelta);
    case StripMetric::Rank:
        return token.rank <= 1  ? 0
            : token.rank <= 3   ? 0.25
            : token.rank <= 10  ? 0.5
            : token.rank <= 100 ? 0.75
                                : 1;
    }
    return 0;
}

std::vector<StripGroup> groupTokens(const std::vector<StripToken>& tokens) {
    std::vector<StripGroup> groups;
    groups.reserve(tokens.size());
    const int count = int(tokens.size());
    for (int i = 0; i < count;) {
        const StripToken& token = tokens[std::size_t(i)];
        StripGroup group;
        group.first = i;
        if (token.bytes.isEmpty()) {
            append(group, token.label, true);
        } else if (isValidUtf8(view(token.bytes))) {
            appendText(group, QString::fromUtf8(token.bytes));
        } else {
            QByteArray bytes = token.bytes;
            int used = 1;
            while (used < mostTokensOfACharacter && i + used < count && mayBeCompleted(bytes)
                && !tokens[std::size_t(i + used)].bytes.isEmpty())
                bytes += tokens[std::size_t(i + used++)].bytes;
            if (isValidUtf8(view(bytes))) {
                group.count = used;
                appendText(group, QString::fromUtf8(bytes));
            } else {
                // What is whole in this token is shown as text, the rest as bytes.
                const auto whole = qsizetype(firstInvalidUtf8(view(token.bytes)));
                appendText(group, QString::fromUtf8(token.bytes.left(whole)));
                appendHex(group, token.bytes.mid(whole));
            }
        }
        if (group.lineBreaks > 0) {
            const qsizetype end = group.text.lastIndexOf(QChar(returnGlyph)) + 1;
            group.carry = group.text.mid(end);
            group.carryStandIn.assign(group.standIn.begin() + end, group.standIn.end());
            group.text.truncate(end);
            group.standIn.resize(std::size_t(end));
        }
        i += group.count;
        groups.push_back(std::move(group));
    }
    return groups;
}

QString quotedPiece(const QByteArray& bytes) {
    const QString text = isValidUtf8(view(bytes))
        ? QString::fromUtf8(bytes)
        : QLatin1Char('<') + QString::fromLatin1(bytes.toHex(' ').toUpper()) + QLatin1Char('>');
    QString out;
    for (const QChar c : text) {
        // U+2581 is how sentencepiece spells a space.
        if (c == QLatin1Char(' ') || c == QChar(0x2581))
            out += QChar(middleDot);
        else if (c == QLatin1Char('\n'))
            out += QChar(returnGlyph);
        else if (c == QLatin1Char('\t'))
            out += QChar(tabArrow);
        else
            out += c;
    }
    return out;
}

QString quotedPiece(const StripToken& token) {
    return token.bytes.isEmpty() ? token.label : quotedPiece(token.bytes);
}

QString percentText(double probability) {
    const double percent = 100 * probability;
    const QLocale locale;
    if (percent > 0 && percent < 0.01)
        return QStringLiteral("< ") + locale.toString(0.01, 'f', 2) + QStringLiteral(" %");
    return locale.toString(percent, 'f',
               percent >= 10 || percent == 0 ? 0
                   : percent >= 1            ? 1
                                             : 2)
        + QStringLiteral(" %");
}

QString spokenToken(const StripText& text, int index) {
    const StripToken& token = text.tokens[std::size_t(index)];
    // A screen reader says a space by itself; a glyph in its place would be read aloud.
    const QString word = token.bytes.isEmpty() ? token.label
        : isValidUtf8(view(token.bytes))       ? QString::fromUtf8(token.bytes)
                                               : quotedPiece(token);
    if (token.cut)
        return QCoreApplication::translate(
            "TokenStrip", "token %1 '%2', beyond the model's context")
            .arg(index + 1)
            .arg(word);
    if (!token.scored)
        return QCoreApplication::translate("TokenStrip", "token %1 '%2', no score")
            .arg(index + 1)
            .arg(word);
    QString spoken
        = QCoreApplication::translate("TokenStrip", "token %1 '%2', probability %3, rank %4")
              .arg(QString::number(index + 1), word, percentText(std::exp(token.logprob)),
                  QString::number(token.rank));
    for (const StripFlag& flag : text.flags)
        if (flag.token == index)
            spoken += QStringLiteral(", ") + flag.label;
    return spoken;
}

} // namespace assay
