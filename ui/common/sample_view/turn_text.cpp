#include "ui/common/sample_view/turn_text.h"

#include "core/base/utf8.h"
#include "core/data/tool_json.h"
#include "ui/common/sample_input.h"

#include <QCoreApplication>
#include <QLocale>

namespace assay {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SampleView)
};

} // namespace

SplitContent splitReasoning(const std::string& content) {
    static constexpr std::string_view open = "<think>";
    static constexpr std::string_view close = "</think>";
    SplitContent split;
    const std::size_t begin = content.find_first_not_of(" \t\r\n");
    const std::size_t end = content.find(close);
    if (begin == std::string::npos || content.compare(begin, open.size(), open) != 0
        || end == std::string::npos) {
        split.answer = content;
        return split;
    }
    split.reasoning = std::string(
        trimmed(std::string_view(content).substr(begin + open.size(), end - begin - open.size())));
    const std::size_t answer = content.find_first_not_of("\r\n", end + close.size());
    split.answerBegin = qint64(answer == std::string::npos ? content.size() : answer);
    split.answer = content.substr(std::size_t(split.answerBegin));
    return split;
}

QString preview(const std::string& text, int chars) {
    // A character has at most four bytes; what is cut inside one is replaced and cut off below.
    QString line
        = QString::fromUtf8(text.data(), qsizetype(std::min(text.size(), std::size_t(chars) * 4)))
              .simplified();
    if (line.size() > chars) {
        line.truncate(chars);
        line += QStringLiteral("…");
    }
    return line;
}

double trainWeight(const Message& message) {
    return message.trainWeight.value_or(message.role == Role::Assistant ? 1.0 : 0.0);
}

QString turnTitle(const Message& message) {
    QString title = roleTitle(message.role);
    if (!message.toolCalls.empty())
        title += QStringLiteral(" · ")
            + Words::tr("%n tool call(s)", nullptr, int(message.toolCalls.size()));
    return title;
}

std::string countedText(const Message& message) {
    std::string text = message.reasoning + message.content;
    if (!message.toolCalls.empty())
        text += toolCallsText(message.toolCalls);
    return text;
}

QString lengthNote(int tokens, const std::string& text) {
    if (tokens >= 0)
        return Words::tr("%Ln token(s)", nullptr, tokens);
    return Words::tr("%Ln character(s)", nullptr, int(QString::fromStdString(text).size()));
}

} // namespace assay
