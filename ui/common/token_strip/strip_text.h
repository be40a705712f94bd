#pragma once

#include <QByteArray>
#include <QString>

#include <limits>
#include <vector>

namespace assay {

struct StripAlternative {
    int id = -1;
    QString piece;
    double logprob = 0; ///< nats
};

/// One token with what a model says about it. Plain data: the strip, its legend and its accessible
/// children all read it.
struct StripToken {
    int id = -1;
    /// Its own bytes; need not be whole characters. Empty for a control token.
    QByteArray bytes;
    /// Spelling of a token that has no text of its own ("<s>"), or "#17" without a tokenizer.
    QString label;
    /// Which turn it belongs to, an index into StripText::turns.
    int turn = 0;
    /// Whether it is part of an answer (what the loss is taken on).
    bool answer = false;
    /// The first token of a text has no score.
    bool scored = false;
    double logprob = 0;
    double entropy = 0;
    double varentropy = 0;
    double margin = 0;
    int rank = 0;
    /// Best first; the actual token need not be among them.
    std::vector<StripAlternative> top;
    /// Part of the template's frame, shown on demand.
    bool frame = false;
    /// Beyond the model's context: shown, but never read.
    bool cut = false;
    /// Log-probability under the tuned model minus that under the base, nats; NaN where only one
    /// has read it.
    double delta = std::numeric_limits<double>::quiet_NaN();

    double surprisal() const { return -logprob; }
};

struct StripTurn {
    /// "user", "assistant"; empty for plain text, which has no heading.
    QString title;
};

/// A place that is marked besides its fill; `label` says by which rule and with which numbers.
struct StripFlag {
    enum class Kind { Onset, Departure, Divergence, Suspect, Forced };
    int token = -1;
    Kind kind = Kind::Onset;
    QString label;
};

struct StripText {
    std::vector<StripToken> tokens;
    std::vector<StripTurn> turns;
    std::vector<StripFlag> flags; ///< by token, ascending
    bool showFrame = true; ///< whether the template's own tokens are laid out
};

/// What the fill of a token shows.
enum class StripMetric { Surprisal, Rank, Entropy, Margin, Delta };
/// 0 (nothing to see) to 1, for a scored token. Surprisal and entropy: 0 to 10 nats; rank: bands 1,
/// 2-3, 4-10, 11-100, more; margin: how many nats the token lies behind the best other, 0 to 10;
/// delta: its size, 0 to 5 nats.
double stripIntensity(const StripToken& token, StripMetric metric);

/// What is drawn as one: usually one token, several where only together they make up whole
/// characters.
struct StripGroup {
    int first = 0;
    int count = 1;
    /// Text as drawn: whitespace as glyphs, bytes that are no text as two hexadecimal digits.
    QString text;
    /// Places in `text` that hold a stand-in (a glyph for whitespace, hexadecimal digits, a label)
    /// instead of the text itself; drawn fainter.
    std::vector<bool> standIn;
    /// Number of line breaks in the text; the strip's line ends after the group.
    int lineBreaks = 0;
    /// What follows the last line break within the same token (the indentation of code): drawn at
    /// the start of the next line.
    QString carry;
    std::vector<bool> carryStandIn;
};

/// Tokens in order, each in exactly one group.
std::vector<StripGroup> groupTokens(const std::vector<StripToken>& tokens);

/// The token as a short quotable text for tables and speech: leading space as a middle dot, bytes
/// that are no text as <E9>.
QString quotedPiece(const StripToken& token);
QString quotedPiece(const QByteArray& bytes);

/// "token 12 ' Tokyo', probability 3 %, rank 4": what a screen reader says. Numbered from 1.
QString spokenToken(const StripText& text, int index);
/// "3 %", "0.02 %", "< 0.01 %".
QString percentText(double probability);

} // namespace assay
