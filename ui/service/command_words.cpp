#include "ui/service/command_words.h"

namespace assay {

QStringList commandWords(const QString& command) {
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype i = 0; i < command.size(); ++i) {
        const QChar c = command[i];
        const bool last = i + 1 == command.size();
        if (quote == QLatin1Char('\'')) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (quote == QLatin1Char('"')) {
            const bool escapes = c == QLatin1Char('\\') && !last
                && (command[i + 1] == quote || command[i + 1] == QLatin1Char('\\')
                    || command[i + 1] == QLatin1Char('$'));
            if (c == quote)
                quote = QChar();
            else
                word += escapes ? command[++i] : c;
        } else if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
            quote = c;
            inWord = true;
        } else if (c == QLatin1Char('\\') && !last) {
            word += command[++i];
            inWord = true;
        } else if (c.isSpace()) {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

} // namespace assay
