#include "ui/panels/data/sample_words.h"

namespace assay {

namespace {

QString wordsOf(const Message& message) {
    QString text = QString::fromStdString(message.content);
    for (const ToolCall& call : message.toolCalls)
        text += (text.isEmpty() ? QString() : QStringLiteral(" "))
            + QString::fromStdString(call.name) + QLatin1Char('(')
            + QString::fromStdString(call.arguments) + QLatin1Char(')');
    return text;
}

QString answersOf(const std::vector<Message>& messages) {
    QStringList answers;
    for (const Message& message : messages)
        if (message.role == Role::Assistant)
            answers.append(wordsOf(message));
    return answers.join(QStringLiteral(" … "));
}

} // namespace

SampleWords wordsOf(const Sample& sample) {
    SampleWords words;
    if (sample.text)
        words.answer = QString::fromStdString(*sample.text);
    QStringList queries;
    for (const Message& message : sample.messages) {
        if (message.role == Role::System || message.role == Role::Developer)
            words.system += wordsOf(message);
        else if (message.role == Role::User)
            queries.append(wordsOf(message));
    }
    words.query = queries.join(QStringLiteral(" … "));
    if (words.answer.isEmpty())
        words.answer = answersOf(sample.messages);
    if (sample.chosen || sample.rejected)
        words.answer = QStringLiteral("+ ")
            + answersOf(sample.chosen.value_or(std::vector<Message>())) + QStringLiteral("  − ")
            + answersOf(sample.rejected.value_or(std::vector<Message>()));
    return words;
}

} // namespace assay
